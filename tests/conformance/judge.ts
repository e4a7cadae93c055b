// Owns the verdict: which recorded answers, sockets and frames ours are equal to, and where they differ.
// Must not send anything.

import type { HttpExchange, RecordedSocket, Recording } from '../support/recording';
import { addressForm, compare, type Difference } from './compare';
import type { Correspondence, IdKind } from './correspondence';
import { RACES } from './deliberate';
import type { Frame, Told } from './our-socket';
import type { Played } from './player';
import { type OurAnswer, translateIdentifier } from './requests';

/** Whose values are of one machine, one moment or one connection. */
const OWN_HEADERS = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']);
const isOwn = (name: string) => OWN_HEADERS.has(name) || /^x-(request-id|runtime)$/.test(name);

/** Whether the client API is asked, and not what agents use, nor the files and the cable beside it. */
export const isClientApi = ({ request }: HttpExchange) => request.path.startsWith('/public/api/');

function headersOf(headers: Record<string, unknown>): Map<string, string> {
  const entries = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  );
  return new Map(entries.filter(([name]) => !isOwn(name)));
}

/** A header's value without what is drawn anew for every answer. */
function headerForm(name: string, value: string): string {
  if (name === 'etag') return value.replace(/[0-9a-f]{32}/, 'md5');
  if (name === 'location') return addressForm(value).replace(/[^/]+$/, '');
  if (name === 'content-disposition')
    return value.replace(/filename="[^"]*"/, 'filename').replace(/''.*/, "''");
  return value;
}

function compareHeaders(recorded: Map<string, string>, ours: Map<string, string>): Difference[] {
  const found: Difference[] = [];
  for (const name of new Set([...recorded.keys(), ...ours.keys()])) {
    const [a, b] = [recorded.get(name), ours.get(name)];
    if (a === undefined || b === undefined || headerForm(name, a) !== headerForm(name, b))
      found.push({ where: `header ${name}`, kind: 'shape', recorded: a, ours: b });
  }
  return found;
}

/** Differences of one answer: status, headers, body. */
function judgeAnswer({ response }: HttpExchange, ours: OurAnswer, known: Correspondence): Difference[] {
  const found = compareHeaders(headersOf(response.headers), headersOf(ours.headers));
  if (response.status !== ours.status)
    found.push({ where: 'status', kind: 'shape', recorded: response.status, ours: ours.status });
  const text = String(ours.bytes);
  const { body } = response;
  if (response.body_is_json) {
    const isJson = /json/.test(ours.headers['content-type'] ?? '') && text !== '';
    found.push(...compare(body, isJson ? JSON.parse(text) : text, known, { where: 'body' }));
  } else if (!sameText(String(body), response.body_bytes, ours))
    found.push({ where: 'body', kind: 'shape', recorded: body, ours: text });
  return found;
}

/** Pages are only pages, files have a size, and other texts are equal. */
function sameText(body: string, size: number, { bytes, headers }: OurAnswer): boolean {
  const type = headers['content-type'] ?? '';
  const text = String(bytes);
  if (body.startsWith('<!DOCTYPE html>')) return text.startsWith('<!DOCTYPE html>');
  return type.startsWith('image/') ? bytes.length === size : text === body;
}

/** The frames that a recorded socket received, without pings. */
export function framesOf({ events }: RecordedSocket): Told[] {
  const frames = events.flatMap((event) =>
    event.dir === 'in' ? [{ frame: JSON.parse(event.raw) as Frame, at: event.t_ms }] : [],
  );
  return frames.filter(({ frame }) => frame.type !== 'ping');
}

/**
 * What a frame is about, in recorded numbers: its event and the thing it tells of. Activity notes and notifications
 * have ids that no answer told: they go by their order. `known` is null for a recorded frame.
 */
function subject({ message, type, identifier }: Frame, known: Correspondence | null): string {
  if (message === undefined) return `${type} ${identifier ?? ''}`;
  const data = message.data as Record<string, number & Record<string, number>>;
  const id = (kind: IdKind, value: number | undefined) =>
    known === null ? value : (known.recordedId(kind, value ?? 0) ?? `unknown ${value}`);
  const { event } = message;
  if (event.startsWith('presence')) return `${event} ${identifier}`;
  if (event.startsWith('notification')) {
    const { secondary_actor } = data.notification as unknown as { secondary_actor?: { id: number } | null };
    return secondary_actor ? `${event} ${id('message', secondary_actor.id)}` : event;
  }
  if (event.startsWith('contact')) return `${event} ${id('contact', data.id)}`;
  if (event.includes('typing')) return `${event} ${id('conversation', data.conversation?.id)}`;
  if (data.message_type === undefined) return `${event} ${id('conversation', data.id)}`;
  if (data.message_type === 2) return `${event} activity of ${id('conversation', data.conversation_id)}`;
  return `${event} ${id('message', data.id)}`;
}

/** The recorded frame under our identifier: it comes back byte for byte as it was sent. */
const withOurIdentifier = (frame: Frame, known: Correspondence): Frame =>
  frame.identifier === undefined
    ? frame
    : { ...frame, identifier: translateIdentifier(frame.identifier, known) };

/** What agents alone hear of, from several workers at a time, and what the subscription itself races with. */
const UNORDERED = /^(presence|confirm|notification|contact|assignee|message.created activity)/;
/** Frames of which one more or one less is luck where threads race: equal ones are normal (contract §10.12). */
const MAY_DOUBLE = /^(conversation\.(updated|status_changed)|presence|notification|message.created activity)/;
/** What a notification is about, as it was when its job ran; counts of others tell how far these were. */
const OF_A_JOB = /^notification\..*\.(primary_actor\..*|unread_count|count|id)$/;

const inRace = (at: number, key: string) =>
  RACES.some(({ from, to, what }) => at >= from && at < to && what.test(key));

/** Differences of the frames of one socket: none missing, none more, each with its keys and values. */
function judgeFrames(recorded: Told[], ours: Told[], known: Correspondence): Difference[] {
  const found: Difference[] = [];
  const waiting = new Map<string, Told[]>();
  for (const told of ours) {
    const key = subject(told.frame, known);
    waiting.set(key, [...(waiting.get(key) ?? []), told]);
  }
  // Paired before the first comparison, for that learns the ids that would change the keys.
  const theirs = recorded.map((told) => {
    const frame = withOurIdentifier(told.frame, known);
    const key = subject(frame, null);
    return { key, frame, race: inRace(told.at, key) };
  });
  const surplus = new Map([...waiting].map(([key, list]) => [key, -list.length]));
  for (const { key } of theirs) surplus.set(key, (surplus.get(key) ?? 0) + 1);
  const pairs = theirs.flatMap((one) => {
    const more = surplus.get(one.key) ?? 0;
    if (more > 0 && one.race && MAY_DOUBLE.test(one.key)) {
      surplus.set(one.key, more - 1);
      return [];
    }
    return [{ ...one, ours: waiting.get(one.key)?.shift() }];
  });
  for (const { key, frame, ours: match, race } of pairs) {
    const differences = compare(frame, match?.frame, known, { where: key });
    found.push(
      ...differences.filter(({ kind, where }) => (kind === 'shape' || !race) && !OF_A_JOB.test(where)),
    );
  }
  for (const [key, rest] of waiting)
    for (const told of rest)
      if (!inRace(told.at, key) || !MAY_DOUBLE.test(key))
        found.push({ where: key, kind: 'shape', recorded: undefined, ours: told.frame });
  return found;
}

/**
 * Where the order of the frames of one socket differs first; empty when it is the same. Confirmations and presence
 * race with each other (contract §5.4), but nothing else comes before the confirmation.
 */
function judgeOrder(recorded: Told[], ours: Told[], known: Correspondence): Difference[] {
  const early = ours.findIndex(
    ({ frame }, index) =>
      frame.message !== undefined &&
      !frame.message.event.startsWith('presence') &&
      !ours
        .slice(0, index)
        .some(
          (before) =>
            before.frame.type === 'confirm_subscription' && before.frame.identifier === frame.identifier,
        ),
  );
  if (early >= 0) return [{ where: 'order', kind: 'shape', recorded: 'confirmed first', ours: ours[early] }];
  const ordered = (all: Told[], which: Correspondence | null) =>
    all
      .map(({ frame, at }) => ({ key: subject(frame, which), at }))
      .filter(({ key, at }) => !UNORDERED.test(key) && !inRace(at, key))
      .map(({ key }) => key);
  const [theirs, mine] = [ordered(recorded, null), ordered(ours, known)];
  const at = theirs.findIndex((key, index) => key !== mine[index]);
  if (at < 0) return [];
  const around = (keys: string[]) => keys.slice(at, at + 4);
  return [{ where: 'order', kind: 'shape', recorded: around(theirs), ours: around(mine) }];
}

/** Differences of a socket's beginning and end. */
function judgeEnds(recorded: RecordedSocket, ours: Played['sockets'][number]): Difference[] {
  const found: Difference[] = [];
  const check = (where: string, a: unknown, b: unknown) => {
    if (a !== b) found.push({ where, kind: 'shape', recorded: a, ours: b });
  };
  check('handshake', recorded.handshake?.status, ours.handshake?.status);
  const headers = recorded.handshake?.headers ?? {};
  for (const name of ['sec-websocket-protocol', 'sec-websocket-extensions', 'content-type'])
    check(`handshake, ${name}`, headers[name], ours.handshake?.headers[name]);
  const closed = recorded.events.findLast(({ dir }) => dir === 'close');
  check('close', closed && 'code' in closed ? closed.code : null, ours.closeCode);
  return found;
}

/** The verdict on every exchange of the client API and on every socket, in the recorded order. */
export function judge({ http, cable }: Recording, { known, answers, sockets }: Played) {
  const exchanges = http.map((exchange) => {
    const ours = answers.get(exchange.n);
    if (ours === undefined) throw new Error(`${exchange.n} ${exchange.name} was not played`);
    const differences = judgeAnswer(exchange, ours, known);
    const race = inRace(exchange.t_ms, '');
    return { exchange, differences: differences.filter(({ kind }) => kind === 'shape' || !race) };
  });
  const verdicts = cable.map((recorded, index) => {
    const ours = sockets[index];
    if (ours === undefined) throw new Error(`socket ${index} was not played`);
    const theirs = framesOf(recorded);
    const mine = ours.frames;
    return {
      index,
      socket: recorded,
      differences: [...judgeEnds(recorded, ours), ...judgeFrames(theirs, mine, known)],
      order: judgeOrder(theirs, mine, known),
      frames: mine.length,
    };
  });
  return { exchanges, sockets: verdicts };
}
