// The verdict itself: the recording is equal to itself, and one changed key, type, status, header or order is found.
import { expect, test } from 'vitest';
import { readRecording } from '../support/recording';
import { compare } from './compare';
import { Correspondence } from './correspondence';
import { framesOf, judge } from './judge';
import type { Played } from './player';

const recording = readRecording();
type Verdict = ReturnType<typeof judge>;

/** The recording as if it were ours, after `spoil` had its way with it. */
function judged(spoil: (ours: typeof recording) => void): Verdict {
  const ours = readRecording();
  spoil(ours);
  const known = new Correspondence();
  for (const { response } of recording.http)
    if (response.body_is_json) compare(response.body, response.body, known);
  // Those of the messages that no listed answer tells.
  for (let id = 1; id < 400; id++) known.pairIds('message', id, id);
  const played: Played = {
    known,
    answers: new Map(
      ours.http.map(({ n, response }) => {
        const headers = Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]);
        const text = response.body_is_json ? JSON.stringify(response.body) : String(response.body);
        // A picture's bytes are not in the recording, their number is.
        const bytes = /image/.test(String(response.headers['content-type']))
          ? Buffer.alloc(response.body_bytes)
          : Buffer.from(text);
        return [n, { status: response.status, headers: Object.fromEntries(headers), bytes }];
      }),
    ),
    sockets: ours.cable.map((socket) => {
      const { handshake, events } = socket;
      const closed = events.findLast((event) => event.dir === 'close');
      return {
        frames: framesOf(socket),
        handshake: handshake && { ...handshake, subprotocol: null },
        closeCode: closed?.dir === 'close' ? closed.code : null,
      };
    }),
  };
  return judge(recording, played);
}

/** Numbers of the exchanges and indexes of the sockets that differ. */
function different({ exchanges, sockets }: Verdict) {
  return {
    exchanges: exchanges
      .filter(({ differences }) => differences.length > 0)
      .map(({ exchange }) => exchange.n),
    sockets: sockets
      .filter(({ differences, order }) => differences.length + order.length > 0)
      .map(({ index }) => index),
  };
}

type Body = Record<string, unknown>;
const bodyOf = (ours: typeof recording, n: number) => ours.http[n - 1]?.response.body as Body;
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

test('finds another answer to a handshake, and another end', () => {
  const verdict = judged((ours) => {
    Object.assign(ours.cable[5]?.handshake ?? {}, { status: 403 });
    Object.assign(ours.cable[19]?.events.at(-1) ?? {}, { code: 1006 });
  });
  expect(different(verdict)).toEqual({ exchanges: [], sockets: [5, 19] });
});
