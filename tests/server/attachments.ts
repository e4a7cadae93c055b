// Owns files: from uploaded parts to attachments, and the two-step download of §4.4 (redirect, then bytes).
// Must not limit size, type or number: an API inbox does not.

import type { Hono } from 'hono';
import type { Env } from './answers';
import type { Params } from './contact-actions';
import { notFound, serverError } from './problems';
import type { Attachment } from './records';
import type { Store } from './store';

function fileType(mime: string): Attachment['file_type'] {
  if (/^image\/(jpe?g|png|gif|bmp|webp)$/.test(mime)) return 'image';
  if (/^video\/(ogg|mp4|webm|quicktime)$/.test(mime)) return 'video';
  return mime.startsWith('audio/') ? 'audio' : 'file';
}

/** Reads `attachments[]`; a string there, or the name without brackets, is a plain 500. */
export async function readAttachments(store: Store, params: Params): Promise<Attachment[]> {
  const parts = params['attachments[]'] ?? [];
  if (params.attachments !== undefined || !Array.isArray(parts)) throw serverError();
  return Promise.all(
    parts.map(async (part: unknown) => {
      if (!(part instanceof File)) throw serverError();
      const content_type = part.type.split(';')[0] || 'application/octet-stream';
      return {
        id: store.nextId('attachment'),
        file_type: fileType(content_type),
        extension: /\.(\w+)$/.exec(part.name)?.[1] ?? null,
        content_type,
        name: part.name,
        bytes: new Uint8Array(await part.arrayBuffer()),
      };
    }),
  );
}

/** Serves what `data_url` and `thumb_url` point at; without CORS headers, as on the real server. */
export function routeAttachments(app: Hono<Env>, store: Store): void {
  app.get('/rails/active_storage/:kind{blobs|representations}/redirect/:id/:name', (c) => {
    const { id, name } = c.req.param();
    c.header('cache-control', 'max-age=300, private');
    return c.redirect(`/rails/active_storage/disk/${id}/${encodeURIComponent(name)}`, 302);
  });
  app.get('/rails/active_storage/disk/:id/:name', (c) => {
    const attachment = store.conversations
      .flatMap((conversation) => conversation.messages)
      .flatMap((message) => message.attachments)
      .find(({ id }) => String(id) === c.req.param('id'));
    if (attachment === undefined) throw notFound();
    return c.body(new Uint8Array(attachment.bytes), 200, {
      'content-type': attachment.content_type,
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(attachment.name)}`,
    });
  });
}
