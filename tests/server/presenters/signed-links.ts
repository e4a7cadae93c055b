// Owns the addresses of stored files: signed, in the form of the recorded ones, some of them with an end (contract §4.4).
// Must not know HTTP. What is signed is not secret, as on the real server.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Attachment } from '../records/records';

type Purpose = 'blob_id' | 'variation' | 'blob_key';
const KEY = randomBytes(32);
const LIFE = 300_000;
/** The one variation there is: what `thumb_url` asks for. */
const THUMB = { format: 'png', resize_to_fill: [250, null] };

const encode = (text: string) => Buffer.from(text).toString('base64url');
const decode = (text: string) => Buffer.from(text, 'base64url').toString();
const digest = (data: string) => createHmac('sha1', KEY).update(data).digest('hex');

function sign(value: unknown, pur: Purpose, exp: number | null): string {
  const message = encode(JSON.stringify(value));
  const data = encode(
    JSON.stringify({ _rails: { message, exp: exp === null ? null : new Date(exp).toISOString(), pur } }),
  );
  return `${data}--${digest(data)}`;
}

/** What was signed for this purpose, or null when it is not ours, or over at the time `now`. */
function verify(signed: string, pur: Purpose, now: number): unknown {
  const [data = '', given = ''] = signed.split('--');
  const expected = digest(data);
  if (given.length !== expected.length || !timingSafeEqual(Buffer.from(given), Buffer.from(expected)))
    return null;
  const { message, exp, pur: purpose } = JSON.parse(decode(data))._rails;
  if (purpose !== pur || (exp !== null && Date.parse(exp) <= now)) return null;
  return JSON.parse(decode(message));
}

/** A file name as a segment of a path, with the characters that need no escape there left as they are. */
const segment = (name: string) =>
  encodeURIComponent(name).replace(/%(?:24|26|2B|2C|3B|3D|3A|40)/g, decodeURIComponent);

/** The path of `data_url`; it never changes. */
export const filePath = ({ id, name }: Attachment) =>
  `/rails/active_storage/blobs/redirect/${sign(id, 'blob_id', null)}/${segment(name)}`;

/** The path of `thumb_url`, for images. */
export const thumbPath = ({ id, name }: Attachment) => {
  const variation = sign(THUMB, 'variation', null);
  return `/rails/active_storage/representations/redirect/${sign(id, 'blob_id', null)}/${variation}/${segment(name)}`;
};

/** The path under which the bytes are for five minutes from `now`. */
export const diskPath = ({ id, name }: Attachment, now: number) =>
  `/rails/active_storage/disk/${sign({ key: id }, 'blob_key', now + LIFE)}/${segment(name)}`;

/** The id of the attachment that a redirecting address names, or null. */
export function attachmentOf(signedId: string, variation: string | undefined, now: number): number | null {
  if (variation !== undefined && verify(variation, 'variation', now) === null) return null;
  return verify(signedId, 'blob_id', now) as number | null;
}

/** The id of the attachment behind a disk address that is not over, or null. */
export function attachmentAt(signedKey: string, now: number): number | null {
  const found = verify(signedKey, 'blob_key', now) as { key: number } | null;
  return found === null ? null : found.key;
}
