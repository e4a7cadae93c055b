// Owns the verdict on one socket: its beginning and end, its frames, their order. Must not know HTTP answers.

import type { RecordedSocket } from '../support/recording';
import { compareAndLearn, type Difference } from './compare';
import type { Correspondence, IdKind } from './correspondence';
import { MAY_DOUBLE, OF_A_JOB, RACES, UNORDERED } from './deliberate';
import type { Frame, OurSocket, Told } from './our-socket';
import { translateIdentifier } from './requests';

/** What the verdict needs of one of our sockets. */
export type PlayedSocket = Pick<OurSocket, 'frames' | 'handshake' | 'closeCode'>;
/** A recorded frame under our identifier, with its subject, and whether threads raced when it came. */
type Expected = { key: string; frame: Frame; race: boolean };

/** Whether luck decides what is told of a subject (or, as `answer`, in an answer) at a moment of the recording. */
export const inRace = (at: number, key: string) =>
  RACES.some(({ from, to, what }) => at >= from && at < to && what.test(key));

/** The frames that a recorded socket received, without pings. */
export function framesOf({ events }: RecordedSocket): Told[] {
  const frames = events.flatMap((event) =>
    event.dir === 'in' ? [{ frame: JSON.parse(event.raw) as Frame, at: event.t_ms, arrived: 0 }] : [],
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

/** The recorded frames under our identifier, for it comes back byte for byte as it was sent. */
function expectedFrames(recorded: Told[], known: Correspondence): Expected[] {
  return recorded.map(({ frame, at }) => {
    const { identifier } = frame;
    const ours = identifier === undefined ? {} : { identifier: translateIdentifier(identifier, known) };
    const key = subject({ ...frame, ...ours }, null);
    return { key, frame: { ...frame, ...ours }, race: inRace(at, key) };
  });
}

/** Leaves out of a race what came more often than ours did. */
function withoutDoubles(expected: Expected[], ours: Map<string, Told[]>): Expected[] {
  const surplus = new Map([...ours].map(([key, list]) => [key, -list.length]));
  for (const { key } of expected) surplus.set(key, (surplus.get(key) ?? 0) + 1);
  return expected.filter(({ key, race }) => {
    const more = surplus.get(key) ?? 0;
    if (more <= 0 || !race || !MAY_DOUBLE.test(key)) return true;
    surplus.set(key, more - 1);
    return false;
  });
}

/** Whether a difference is only that of a job that ran at another moment. Its keys must be there all the same. */
const isOfAJob = ({ where, recorded, ours }: Difference) =>
  OF_A_JOB.test(where) && ((recorded !== undefined && ours !== undefined) || /\]\./.test(where));

/** Differences of the frames of one socket: none missing, none more, each with its keys and values. */
export function judgeFrames(recorded: Told[], ours: Told[], known: Correspondence): Difference[] {
  const found: Difference[] = [];
  const waiting = new Map<string, Told[]>();
  for (const told of ours) {
    const key = subject(told.frame, known);
    waiting.set(key, [...(waiting.get(key) ?? []), told]);
  }
  // Paired before the first comparison, for that learns the ids that would change the keys.
  const expected = withoutDoubles(expectedFrames(recorded, known), waiting);
  const pairs = expected.map((one) => ({ ...one, ours: waiting.get(one.key)?.shift()?.frame }));
  for (const { key, frame, ours: match, race } of pairs) {
    const differences = compareAndLearn(frame, match, known, { where: key });
    found.push(...differences.filter((one) => (one.kind === 'shape' || !race) && !isOfAJob(one)));
  }
  for (const [key, rest] of waiting)
    for (const { frame, at } of rest)
      if (!inRace(at, key) || !MAY_DOUBLE.test(key))
        found.push({ where: key, kind: 'shape', recorded: undefined, ours: frame });
  return found;
}

/** The first frame that came on a subscription before its confirmation; only presence may. */
function unconfirmed(ours: Told[]): Frame | undefined {
  const confirmed = new Set<string | undefined>();
  for (const { frame } of ours) {
    const { type, identifier, message } = frame;
    if (type === 'confirm_subscription') confirmed.add(identifier);
    if (message && !message.event.startsWith('presence') && !confirmed.has(identifier)) return frame;
  }
  return undefined;
}

/** Where the order of the frames of one socket differs first; empty when it is the same. */
export function judgeOrder(recorded: Told[], ours: Told[], known: Correspondence): Difference[] {
  const early = unconfirmed(ours);
  if (early) return [{ where: 'order', kind: 'shape', recorded: 'confirmed first', ours: early }];
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
export function judgeEnds(recorded: RecordedSocket, ours: PlayedSocket): Difference[] {
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
