// An attached file as a link with its name and size. Opens in a new tab; a file without a safe address is named only.
import { FileText } from 'lucide-preact';
import type { Attachment } from '@/lib/core/types';
import { safeHref } from '@/lib/panel/text-parts';
import { usePanel } from './context';

export function FileLink({ attachment }: { attachment: Attachment }) {
  const { words } = usePanel();
  const href = attachment.url ? safeHref(attachment.url) : null;
  const name = attachment.name || words.text('fileUnnamed');
  const content = (
    <>
      <span class="file-tile" aria-hidden="true">
        <FileText size={16} />
      </span>
      <span class="file-words">
        <bdi class="file-name" title={name}>
          {name}
        </bdi>
        {attachment.size !== null && (
          <span class="file-size">{sizeInWords(attachment.size, words.locale)}</span>
        )}
      </span>
    </>
  );
  if (!href) return <div class="file">{content}</div>;
  return (
    <a class="file" href={href} target="_blank" rel="noopener noreferrer">
      {content}
    </a>
  );
}

function sizeInWords(bytes: number, locale: string): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  const maximumFractionDigits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits }).format(value);
}
