// Owns the verdict on one answer: status, headers that matter, body. Must not know sockets.

import type { HttpExchange } from '../support/recording';
import { compareAndLearn, type Difference, folderForm } from './compare';
import type { Correspondence } from './correspondence';
import { fileOf, type OurAnswer } from './requests';

/** Whose values are of one machine, one moment or one connection. */
const OWN_HEADERS = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']);
const isOwn = (name: string) => OWN_HEADERS.has(name) || /^x-(request-id|runtime)$/.test(name);

function headersOf(headers: Record<string, unknown>): Map<string, string> {
  const entries = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  );
  return new Map(entries.filter(([name]) => !isOwn(name)));
}

/** Whether a header says the same as the recorded one, apart from what is drawn anew for every answer. */
function saysTheSame(name: string, recorded: string, ours: string, known: Correspondence): boolean {
  if (name === 'etag') return /^W\/"[0-9a-f]{32}"$/.test(ours);
  if (name === 'location') {
    if (!URL.canParse(ours) || folderForm(ours) !== folderForm(recorded)) return false;
    const fileName = decodeURIComponent(new URL(ours).pathname.split('/').at(-1) ?? '');
    const origin = known.ourString(new URL(recorded).origin);
    return new URL(ours).origin === origin && fileName === known.ourFileName(new URL(recorded).pathname);
  }
  if (name === 'content-disposition') {
    const [, fileName = ''] = /UTF-8''(.+)$/.exec(recorded) ?? [];
    return ours === recorded.replaceAll(fileName, encodeURIComponent(known.ourFileName(`/${fileName}`)));
  }
  return recorded === ours;
}

/** Pages are the installation's own and need only be pages; files are what was sent, and other texts are equal. */
function isSameText(body: string, size: number, { bytes, headers }: OurAnswer): boolean {
  const type = headers['content-type'] ?? '';
  if (body.startsWith('<!DOCTYPE html>')) return String(bytes).startsWith('<!DOCTYPE html>');
  return type.startsWith('image/') ? bytes.equals(fileOf(type, size)) : String(bytes) === body;
}

/** Differences of one answer. */
export function judgeAnswer(
  { response, later_session }: HttpExchange,
  ours: OurAnswer,
  known: Correspondence,
): Difference[] {
  const found: Difference[] = [];
  const differ = (where: string, recorded: unknown, mine: unknown) =>
    found.push({ where, kind: 'shape', recorded, ours: mine });
  const [theirHeaders, ourHeaders] = [headersOf(response.headers), headersOf(ours.headers)];
  for (const name of new Set([...theirHeaders.keys(), ...ourHeaders.keys()])) {
    const [a, b] = [theirHeaders.get(name), ourHeaders.get(name)];
    if (a === undefined || b === undefined || !saysTheSame(name, a, b, known)) differ(`header ${name}`, a, b);
  }
  if (response.status !== ours.status) differ('status', response.status, ours.status);
  const text = String(ours.bytes);
  if (response.body_is_json) {
    const isJson = /json/.test(ours.headers['content-type'] ?? '') && text !== '';
    const body = isJson ? JSON.parse(text) : text;
    const isOnClock = later_session !== true;
    found.push(...compareAndLearn(response.body, body, known, { where: 'body', isOnClock }));
  } else if (!isSameText(String(response.body), response.body_bytes, ours))
    differ('body', response.body, text);
  return found;
}
