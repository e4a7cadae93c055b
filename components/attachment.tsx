// An attached file: a picture in the place that is kept for it, or a link with name, type and size. What is said in an audio
// stands below it, where somebody has written it down.
import type { Attachment } from '@/lib/core/types';
import { boxOf, unknownBox } from '@/lib/panel/picture-box';
import { safeHref } from '@/lib/panel/text-parts';
import { usePanel } from './context';
import { FileLink } from './file-link';
import { Picture } from './picture';

interface AttachmentProps {
  attachment: Attachment;
  /** Null: the person's own. */
  author: string | null;
}

export function AttachmentView({ attachment, author }: AttachmentProps) {
  const { words } = usePanel();
  const { kind, url, dimensions, transcript } = attachment;
  const href = url ? safeHref(url) : null;
  const file = attachment.name || words.text('fileUnnamed');
  if (kind === 'image' && href?.startsWith('http'))
    return (
      <Picture
        key={href}
        url={href}
        box={dimensions ? boxOf(dimensions) : unknownBox}
        isUnmeasured={dimensions === null}
        name={author === null ? words.text('imageOwn', { file }) : words.text('imageOf', { author, file })}
      />
    );
  if (!transcript) return <FileLink attachment={attachment} />;
  return (
    <div class="card file-card">
      <FileLink attachment={attachment} />
      <p class="transcript" dir="auto">
        <span class="unseen">{words.text('transcript')}: </span>
        <q>{transcript}</q>
      </p>
    </div>
  );
}
