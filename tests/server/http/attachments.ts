// Owns files: from uploaded parts to attachments, and the two-step download of §4.4 (redirect, then bytes).
// Must not limit size, type or number: an API inbox does not.

import type { Hono } from 'hono';
import { serverError } from '../actions/problems';
import { attachmentAt, attachmentOf, diskPath } from '../presenters/signed-links';
import type { Attachment } from '../records/records';
import type { World } from '../world';
import { imageSize } from './image-size';
import type { Params } from './params';
import { answerFile, answerGone, answerRedirect, type Env } from './responses';

/** What is shown in a browser; anything else is to be saved. */
const INLINE =
  /^(image\/(webp|avif|png|gif|jpeg|tiff|bmp|vnd\.adobe\.photoshop|vnd\.microsoft\.icon)|application\/pdf)$/;
/** What a browser would run; it is served as bytes. */
const ACTIVE =
  /^(text\/(html|xml|cache-manifest)|image\/svg\+xml|application\/(postscript|xml|x-shockwave-flash|\w+\+xml))$/;

function fileType(mime: string): Attachment['file_type'] {
  if (/^image\/(jpe?g|png|gif|bmp|webp)$/.test(mime)) return 'image';
  if (/^video\/(ogg|mp4|webm|quicktime)$/.test(mime)) return 'video';
  return mime.startsWith('audio/') ? 'audio' : 'file';
}

/** Reads the list of files; anything in it that is no file, or anything that is no list, is a plain 500 (§3.12). */
export async function readAttachments(store: World['store'], params: Params): Promise<Attachment[]> {
  const parts = params.attachments || [];
  if (!Array.isArray(parts)) throw serverError();
  return Promise.all(
    parts.map(async (part: unknown) => {
      if (!(part instanceof File)) throw serverError();
      const content_type = part.type.split(';')[0] || 'application/octet-stream';
      const name = part.name.trim().replace(/[\u202e%$|:;/<>?*"\t\r\n\\]/g, '-');
      const attachment: Attachment = {
        id: store.nextId('attachment'),
        file_type: fileType(content_type),
        extension: /\.(\w+)$/.exec(name)?.[1] ?? null,
        content_type,
        name,
        bytes: new Uint8Array(await part.arrayBuffer()),
        size: null,
        transcribed_text: '',
      };
      // A job looks at it once the message stands: the answer and the first frame do not have the size yet.
      if (attachment.file_type === 'image')
        setImmediate(() => {
          attachment.size = imageSize(attachment.bytes);
        });
      return attachment;
    }),
  );
}

/** `inline` or `attachment`, with the name once in ASCII and once in full. */
function disposition({ content_type, name }: Attachment): string {
  const kind = INLINE.test(content_type) ? 'inline' : 'attachment';
  const ascii = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, '?');
  const full = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${full}`;
}

/** Serves what `data_url` and `thumb_url` point at; without CORS headers, as on the real server. */
export function routeAttachments(app: Hono<Env>, { store }: World): void {
  const find = (id: number | null) =>
    store.conversations
      .flatMap(({ messages }) => messages.flatMap(({ attachments }) => attachments))
      .find((attachment) => attachment.id === id);

  app.on(
    'GET',
    [
      '/rails/active_storage/blobs/redirect/:id/:name',
      '/rails/active_storage/representations/redirect/:id/:variation/:name',
    ],
    (c) => {
      const { id = '', variation } = c.req.param() as { id?: string; variation?: string };
      const attachment = find(attachmentOf(id, variation, store.now()));
      if (attachment === undefined) return answerGone(c);
      return answerRedirect(c, diskPath(attachment, store.now()));
    },
  );
  // The thumbnail is the picture itself: nothing here can make it smaller.
  app.get('/rails/active_storage/disk/:key/:name', (c) => {
    const attachment = find(attachmentAt(c.req.param('key'), store.now()));
    if (attachment === undefined) return answerGone(c);
    const { content_type, bytes } = attachment;
    const type = ACTIVE.test(content_type) ? 'application/octet-stream' : content_type;
    return answerFile(c, bytes, type, disposition(attachment));
  });
}
