// The verdict itself: the recording is equal to itself, and one changed key, type, status, header or order is found.
import { expect, test } from 'vitest';
import { readRecording } from '../support/recording';
import { compareAndLearn } from './compare';
import { Correspondence } from './correspondence';
import { judge, type Verdict } from './judge';
import { framesOf } from './judge-sockets';
import type { Told } from './our-socket';
import type { Played } from './player';
import { fileOf, translateIdentifier } from './requests';

const recording = readRecording();

/** The recording as if it were ours, after `spoil` had its way with it. */
function judged(spoil: (ours: typeof recording) => void): Verdict {
  const ours = readRecording();
  spoil(ours);
  const known = new Correspondence(0);
  known.pairStrings('http://127.0.0.1:3300', 'http://127.0.0.1:3300');
  for (const { response } of recording.http)
    if (response.body_is_json) compareAndLearn(response.body, response.body, known);
  // Those of the messages that no listed answer tells.
  for (let id = 1; id < 400; id++) known.pairIds('message', id, id);
  const played: Played = {
    known,
    firstLook: new Map(),
    answers: new Map(
      ours.http.map(({ n, response }) => {
        const headers = Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]);
        const text = response.body_is_json ? JSON.stringify(response.body) : String(response.body);
        // A picture's bytes are not in the recording, their number is.
        const type = String(response.headers['content-type']);
        const isImage = type.startsWith('image/');
        const bytes = isImage ? fileOf(type, response.body_bytes) : Buffer.from(text);
        return [n, { status: response.status, headers: Object.fromEntries(headers), bytes, arrived: 1 }];
      }),
    ),
    sockets: ours.cable.map((socket) => {
      const { handshake, events } = socket;
      const closed = events.findLast((event) => event.dir === 'close');
      return {
        frames: framesOf(socket).map((told) => spelledAsOurs(told, known)),
        pings: [],
        handshake: handshake && { ...handshake, subprotocol: null },
        closeCode: closed?.dir === 'close' ? closed.code : null,
      };
    }),
  };
  return judge(recording, played);
}

/** Our sockets spell the identifier in their own way. */
function spelledAsOurs({ frame, ...rest }: Told, known: Correspondence): Told {
  const { identifier } = frame;
  if (identifier === undefined) return { frame, ...rest };
  return { frame: { ...frame, identifier: translateIdentifier(identifier, known) }, ...rest };
}

/** Numbers of the exchanges and indexes of the sockets that differ. */
function different({ exchanges, sockets }: Verdict) {
  return {
    exchanges: exchanges.filter(({ unlisted }) => unlisted.length > 0).map(({ exchange }) => exchange.n),
    sockets: sockets.filter(({ unlisted }) => unlisted.length > 0).map(({ index }) => index),
  };
}

type Body = Record<string, unknown>;
const bodyOf = (ours: typeof recording, n: number) => ours.http[n - 1]?.response.body as Body;
const fileOfBody = (body: Body) => (body.attachments as Record<string, string>[])[0] ?? {};
/** The places of a socket's frames of one event. */
const placesOf = (ours: typeof recording, socket: number, event: string) =>
  (ours.cable[socket]?.events ?? []).flatMap((one, index) =>
    one.dir === 'in' && one.raw.includes(`"event":"${event}"`) ? [index] : [],
  );

test('the recording is equal to itself', () => {
  expect(different(judged(() => {}))).toEqual({ exchanges: [], sockets: [] });
});

test.each<[string, number, (body: Body, ours: typeof recording) => void]>([
  [
    'another name of a key',
    16,
    (body) => Object.assign(body, { token: body.pubsub_token, pubsub_token: undefined }),
  ],
  ['one key more', 16, (body) => Object.assign(body, { identifier: null })],
  ['null for a text', 16, (body) => Object.assign(body, { email: null })],
  ['a number as text', 61, (body) => Object.assign(body, { contact_last_seen_at: '0' })],
  ['a time in another form', 69, (body) => Object.assign(body, { created_at: '2026-11-23T00:42:24Z' })],
  ['seconds for never', 61, (body) => Object.assign(body, { contact_last_seen_at: 1_795_394_544 })],
  ['another status of a conversation', 61, (body) => Object.assign(body, { status: 'pending' })],
  ['another text', 69, (body) => Object.assign(body, { content: 'Something else' })],
  ['a time of another day', 69, (body) => Object.assign(body, { created_at: 1_795_480_000 })],
  [
    'another value of a header',
    16,
    (_body, ours) => Object.assign(ours.http[15]?.response.headers ?? {}, { Vary: '*' }),
  ],
  [
    'a file of another name',
    84,
    (body) => Object.assign(fileOfBody(body), { data_url: fileOfBody(body).data_url?.replace('pic', 'pig') }),
  ],
  [
    'a file on another host',
    84,
    (body) =>
      Object.assign(fileOfBody(body), {
        data_url: fileOfBody(body).data_url?.replace('127.0.0.1', 'elsewhere'),
      }),
  ],
  ['an id of something else', 69, (body) => Object.assign(body, { id: 3 })],
  ['a list with one less', 161, (_body, ours) => void (bodyOf(ours, 161) as unknown as unknown[]).pop()],
  ['another status', 16, (_body, ours) => Object.assign(ours.http[15]?.response ?? {}, { status: 201 })],
  ['a missing header', 16, (_body, ours) => delete ours.http[15]?.response.headers.etag],
])('finds %s in an answer', (_name, n, spoil) => {
  expect(different(judged((ours) => spoil(bodyOf(ours, n), ours)))).toEqual({ exchanges: [n], sockets: [] });
});

test.each<[string, (events: (typeof recording.cable)[number]['events'], places: number[]) => void]>([
  ['a missing frame', (events, [first = 0]) => void events.splice(first, 1)],
  [
    'a frame that came twice',
    (events, [first = 0]) => void events.splice(first, 0, { ...events[first] } as never),
  ],
  [
    'two frames in the other order',
    (events, [first = 0]) => {
      const at = events.findIndex(
        (event, index) => index > first && event.dir === 'in' && /status_changed/.test(event.raw),
      );
      const after = events.findIndex((event, index) => index > at && event.dir === 'in');
      [events[at], events[after]] = [events[after] as never, events[at] as never];
    },
  ],
  [
    'another name of a key',
    (events, [first = 0]) => {
      const event = events[first];
      if (event?.dir === 'in') event.raw = event.raw.replace('"message_type"', '"messageType"');
    },
  ],
])('finds %s on a socket', (_name, spoil) => {
  const verdict = judged((ours) =>
    spoil(ours.cable[19]?.events ?? [], placesOf(ours, 19, 'message.created')),
  );
  expect(different(verdict)).toEqual({ exchanges: [], sockets: [19] });
});

test("finds a frame on somebody else's socket", () => {
  const verdict = judged((ours) => {
    const [place = 0] = placesOf(ours, 19, 'message.created');
    const moved = ours.cable[19]?.events.splice(place, 1) ?? [];
    ours.cable[21]?.events.push(...moved);
  });
  expect(different(verdict)).toEqual({ exchanges: [], sockets: [19, 21] });
});

test('finds a secret of another form, and a random name that is none, where they are new', () => {
  const known = new Correspondence(0);
  const contact = { pubsub_token: 'tmQhh2wTbj3JMx8ygSJP1Y42', name: 'little-meadow-524' };
  const form = (ours: object) => compareAndLearn(contact, ours, known).map(({ where }) => where);
  expect(form({ ...contact, pubsub_token: '0123456789abcdef01234567' })).toEqual(['.pubsub_token']);
  expect(form({ ...contact, name: 'Bob' })).toEqual(['.pubsub_token', '.name']);
});

test('finds another answer to a handshake, and another end', () => {
  const verdict = judged((ours) => {
    Object.assign(ours.cable[5]?.handshake ?? {}, { status: 403 });
    Object.assign(ours.cable[19]?.events.at(-1) ?? {}, { code: 1006 });
  });
  expect(different(verdict)).toEqual({ exchanges: [], sockets: [5, 19] });
});
