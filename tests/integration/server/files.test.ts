// @vitest-environment node
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, newConversation } from './support';

let server: CarbonChatServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

type Sent = { id: number; data_url: string; thumb_url: string; [key: string]: unknown };
const SIGNED = '[\\w=-]+--[0-9a-f]{40}';
const PNG = Buffer.from('89504e470d0a1a0a0000000d494844520000000a0000000c0802000000', 'hex');
const GIF = Buffer.from('474946383961070009000000', 'hex');
const JPEG = Buffer.from('ffd8ffe000040000ffc0000b08000300050301220002ffd9', 'hex');

/** Posts files to a new conversation. */
async function send(...files: [bytes: BlobPart, name: string, type: string][]) {
  const { url } = await newConversation(server);
  const form = new FormData();
  for (const [bytes, name, type] of files) form.append('attachments[]', new Blob([bytes], { type }), name);
  const { status, json } = await call(`${url}/messages`, 'POST', form);
  return { status, url, attachments: (json?.attachments ?? []) as Sent[] };
}
const get = (url: string) => fetch(url, { redirect: 'manual' });
const locationOf = async (url: string) => (await get(url)).headers.get('location') ?? '';

test('signs the addresses of a file and redirects from them for five minutes', async () => {
  const { attachments } = await send([PNG, 'pic.png', 'image/png']);
  const [{ data_url, thumb_url }] = attachments as [Sent];
  const storage = `^${server.url}/rails/active_storage`;
  expect(data_url).toMatch(new RegExp(`${storage}/blobs/redirect/${SIGNED}/pic\\.png$`));
  expect(thumb_url).toMatch(new RegExp(`${storage}/representations/redirect/${SIGNED}/${SIGNED}/pic\\.png$`));
  for (const url of [data_url, thumb_url]) {
    const redirect = await fetch(url, { redirect: 'manual', headers: { origin: 'https://shop.test' } });
    expect([redirect.status, await redirect.text()]).toEqual([302, '']);
    expect(redirect.headers.get('location')).toMatch(new RegExp(`${storage}/disk/${SIGNED}/pic\\.png$`));
    expect(redirect.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(redirect.headers.get('cache-control')).toBe('max-age=300, private');
    expect(redirect.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(redirect.headers.get('access-control-allow-origin')).toBeNull();
    const file = await get(redirect.headers.get('location') ?? '');
    expect([file.status, Buffer.from(await file.arrayBuffer()).equals(PNG)]).toEqual([200, true]);
    expect(file.headers.get('content-type')).toBe('image/png');
    expect(file.headers.get('content-disposition')).toBe(
      `inline; filename="pic.png"; filename*=UTF-8''pic.png`,
    );
    expect(file.headers.get('cache-control')).toBe('max-age=0, private, must-revalidate');
    expect(file.headers.get('etag')).toBeNull();
  }
  const link = await locationOf(data_url);
  server.control.passTime({ ms: 299_000 });
  expect((await get(link)).status).toBe(200);
  server.control.passTime({ ms: 2_000 });
  expect((await get(link)).status).toBe(404);
  expect((await get(await locationOf(data_url))).status).toBe(200);
});

test('answers 404 to a forged address and to one that was signed for something else', async () => {
  const { attachments } = await send([PNG, 'pic.png', 'image/png']);
  const [{ data_url, thumb_url }] = attachments as [Sent];
  const [signed = ''] = new RegExp(SIGNED).exec(data_url) ?? [];
  const last = signed.at(-1) === '0' ? '1' : '0';
  expect((await get(data_url.replace(signed, signed.slice(0, -1) + last))).status).toBe(404);
  expect((await get(data_url.replace(signed, '1'))).status).toBe(404);
  expect((await get(data_url.replace('blobs/redirect', 'disk'))).status).toBe(404);
  const [, variation = ''] = thumb_url.match(new RegExp(SIGNED, 'g')) ?? [];
  expect((await get(thumb_url.replace(variation, signed))).status).toBe(404);
});

test('knows the size of an image only after it answered', async () => {
  const images: [Buffer, string, number[]][] = [
    [PNG, 'image/png', [10, 12]],
    [GIF, 'image/gif', [7, 9]],
    [JPEG, 'image/jpeg', [5, 3]],
    [Buffer.from('no image'), 'image/png', [0, 0]],
  ];
  for (const [bytes, type, [width, height]] of images) {
    const { url, attachments } = await send([new Uint8Array(bytes), 'pic', type]);
    expect(attachments[0]).toMatchObject({ width: null, height: null, extension: null });
    const { json } = await call(`${url}/messages`);
    expect(json[0].attachments[0]).toMatchObject({ width: width || null, height: height || null });
  }
});

test('keeps names whole but for characters that are dangerous in them, and asks to save what browsers would run', async () => {
  const { attachments } = await send(
    ['1', 'räksmörgås & co.pdf', 'application/pdf'],
    ['2', 'a:b.html', 'text/html'],
    ['3', 'v.mp3', 'audio/mpeg'],
  );
  expect(attachments.map(({ data_url }) => data_url.split('/').at(-1))).toEqual([
    'r%C3%A4ksm%C3%B6rg%C3%A5s%20&%20co.pdf',
    'a-b.html',
    'v.mp3',
  ]);
  const answers = await Promise.all(attachments.map(async ({ data_url }) => get(await locationOf(data_url))));
  expect(
    answers.map(({ headers }) => [headers.get('content-type'), headers.get('content-disposition')]),
  ).toEqual([
    [
      'application/pdf',
      `inline; filename="raksmorgas & co.pdf"; filename*=UTF-8''r%C3%A4ksm%C3%B6rg%C3%A5s%20%26%20co.pdf`,
    ],
    ['application/octet-stream', `attachment; filename="a-b.html"; filename*=UTF-8''a-b.html`],
    ['audio/mpeg', `attachment; filename="v.mp3"; filename*=UTF-8''v.mp3`],
  ]);
});

test('takes 41 MiB, an empty file, a program, and 16 files at once', async () => {
  const size = 41 * 1024 * 1024;
  const big = await send([new Uint8Array(size), 'big.bin', 'application/zip']);
  expect([big.status, big.attachments[0]?.file_size]).toEqual([200, size]);
  const odd = await send(['', 'e.txt', 'text/plain'], ['MZ', 'x.exe', 'application/x-msdownload']);
  expect(odd.attachments).toMatchObject([
    { file_size: 0, extension: 'txt', file_type: 'file', thumb_url: '' },
    { file_size: 2, extension: 'exe', file_type: 'file', content_type: 'application/x-msdownload' },
  ]);
  const many = Array.from({ length: 16 }, (_, n): [string, string, string] => [
    'x',
    `f${n}.txt`,
    'text/plain',
  ]);
  expect((await send(...many)).attachments).toHaveLength(16);
});

test.each(['attachments', 'attachments[0]'])('answers 500 to a file under "%s"', async (field) => {
  const { url } = await newConversation(server);
  const form = new FormData();
  form.append(field, new Blob(['x']), 'a.txt');
  expect((await call(`${url}/messages`, 'POST', form)).status).toBe(500);
});
