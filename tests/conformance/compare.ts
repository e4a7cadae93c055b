// Owns the comparison of one recorded answer or frame with ours: the same keys, the same types, and the same values
// as far as the correspondence tells what must be equal. It learns ids, secrets and addresses as it goes.

import type { Correspondence, IdKind } from './correspondence';
import { TIME_TOLERANCE } from './deliberate';
import { uncut } from './disguise';

/** `shape`: other keys, types, forms or lengths. `value`: the right form, but not what it stands for. */
export type Difference = { where: string; kind: 'shape' | 'value'; recorded: unknown; ours: unknown };
export type Json = Record<string, unknown>;
/** Where a value stands: its path in words, its key, and the recorded object around it with that one's own key. */
type Place = { where: string; key: string; parent: Json; parentKey: string };

/** Keys whose strings people write: they were sent in disguise. */
export const TEXT_KEYS = new Set(
  `available_name content description display_name echo_id email feedback_message identifier label labels link
  media_url name payload phone_number placeholder processed_message_content source_id text title uid uri value`.split(
    /\s+/,
  ),
);
const SECRET_KEYS = new Set(['access_token', 'avatar_url_hash', 'pubsub_token', 'source_id', 'uuid']);
/** Keys of texts that the server makes, with names in them. */
const COMPOSED = new Set(['content', 'message', 'processed_message_content']);
const TIME_KEY = /(_at|^timestamp|^waiting_since|^snoozed_until)$/;
const ID_KEYS: Record<string, IdKind> = {
  account_id: 'account',
  assignee_id: 'agent',
  channel_id: 'channel',
  contact_id: 'contact',
  conversation_id: 'conversation',
  inbox_id: 'inbox',
  message_id: 'message',
  primary_actor_id: 'conversation row',
};
const SENDERS: Record<string, IdKind> = { AgentBot: 'bot', Contact: 'contact', User: 'agent' };
/** Objects that are keyed by ids as strings. */
const KEYED_BY_ID: Record<string, IdKind> = { users: 'agent', contacts: 'contact' };
const RANDOM_NAME = /^[a-z]+-[a-z]+-\d+$/;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an object's `id` numbers, by its keys; null when it is nothing we follow. */
function idKindOf(object: Json, key: string): IdKind | null {
  if (key === 'notification') return 'notification';
  if (key === 'accounts') return 'account';
  if ('message_type' in object) return 'message';
  if ('file_type' in object) return 'attachment';
  if ('can_reply' in object || 'uuid' in object) return 'conversation';
  if ('contact_id' in object) return 'session';
  if ('channel_type' in object) return 'inbox';
  if (object.type === 'user' || 'available_name' in object) return 'agent';
  if (object.type === 'agent_bot') return 'bot';
  return 'phone_number' in object ? 'contact' : null;
}

/** The form of a time: seconds, with a fraction, ISO with or without milliseconds, or never. */
function timeForm(value: unknown): string {
  if (typeof value === 'number')
    return value === 0 ? 'never' : Number.isInteger(value) ? 'seconds' : 'fraction';
  const [, milliseconds] = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.exec(String(value)) ?? [
    String(value),
  ];
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return String(value);
  return milliseconds ? 'ISO with ms' : 'ISO';
}

const secondsOf = (time: unknown) => (typeof time === 'number' ? time : Date.parse(String(time)) / 1000);

/** The form of a secret: its kinds of characters and its length. */
const secretForm = (text: string) =>
  `${/^[0-9a-f-]+$/.test(text) ? 'hex' : 'any'} ${/-/.test(text)} ${text.length}`;

/** An address on the installation: its path with signed parts replaced, without the file's name at its end. */
export const folderForm = (address: string) =>
  new URL(address).pathname.replace(/\/[\w=-]{20,}(?=\/)/g, '/*').replace(/[^/]+$/, '');

class Comparison {
  readonly found: Difference[] = [];

  constructor(
    private readonly known: Correspondence,
    /** Whether the recorded times are on the recording's one clock. */
    private readonly isOnClock: boolean,
  ) {}

  visit(a: unknown, b: unknown, place: Place): void {
    if (TIME_KEY.test(place.key) && !Array.isArray(a)) this.#time(a, b, place);
    else if (Array.isArray(a) && Array.isArray(b)) this.#list(a, b, place);
    else if (isObject(a) && isObject(b)) this.#object(a, b, place);
    else if (typeof a !== typeof b || typeof a === 'object') a === b || this.#differ('shape', place, a, b);
    else if (typeof a === 'string') this.#string(a, b as string, place);
    else if (typeof a === 'number') this.#number(a, b as number, place);
    else if (a !== b) this.#differ('value', place, a, b);
  }

  #differ(kind: Difference['kind'], { where }: Place, recorded: unknown, ours: unknown): void {
    this.found.push({ where, kind, recorded, ours });
  }

  #time(a: unknown, b: unknown, place: Place): void {
    if (timeForm(a) !== timeForm(b)) this.#differ('shape', place, a, b);
    else if (a !== null && a !== 0 && this.isOnClock) {
      const off = secondsOf(b) - secondsOf(a) - this.known.secondsLater;
      if (Math.abs(off) > TIME_TOLERANCE) this.#differ('value', place, a, b);
    }
  }

  #list(a: unknown[], b: unknown[], place: Place): void {
    if (a.length !== b.length) this.#differ('shape', place, a, b);
    else
      for (const [index, item] of a.entries())
        this.visit(item, b[index], { ...place, where: `${place.where}[${index}]` });
  }

  #object(a: Json, b: Json, { where, key }: Place): void {
    const keyedBy = KEYED_BY_ID[key];
    const ourKey = (name: string) => {
      if (keyedBy !== undefined) return String(this.known.ourId(keyedBy, Number(name)) ?? name);
      return key === 'custom_attributes' ? (this.known.ourString(name) ?? name) : name;
    };
    const expected = new Map(Object.keys(a).map((name) => [ourKey(name), name]));
    for (const name of new Set([...expected.keys(), ...Object.keys(b)])) {
      const recordedName = expected.get(name);
      const place = {
        where: `${where}.${name}`,
        key: key === 'custom_attributes' ? key : name,
        parent: a,
        parentKey: key,
      };
      if (recordedName === undefined || !(name in b))
        this.#differ('shape', place, recordedName && a[recordedName], b[name]);
      else this.visit(a[recordedName], b[name], place);
    }
  }

  #string(a: string, b: string, place: Place): void {
    const { key } = place;
    const isOurs = TEXT_KEYS.has(key) || SECRET_KEYS.has(key) || key === 'custom_attributes';
    const expected = isOurs ? this.known.ourString(uncut(a)) : undefined;
    if (expected !== undefined) {
      if (b !== expected) this.#differ('value', place, a, b);
    } else if (key === 'name' && RANDOM_NAME.test(a)) {
      if (RANDOM_NAME.test(b)) this.known.pairNames(a, b);
      else this.#differ('shape', place, a, b);
    } else if (SECRET_KEYS.has(key)) {
      if (secretForm(a) !== secretForm(b)) this.#differ('shape', place, a, b);
      if (!this.known.pairStrings(a, b)) this.#differ('value', place, a, b);
    } else if (/^(data|thumb)_url$/.test(key) && a !== '') this.#address(a, b, place);
    else if (key.startsWith('push_message')) {
      // Put together of a name and a text.
      if (b === '') this.#differ('shape', place, a, b);
    } else if (b !== (COMPOSED.has(key) ? this.known.withOurNames(a) : a)) this.#differ('value', place, a, b);
  }

  #address(a: string, b: string, place: Place): void {
    if (!URL.canParse(b) || folderForm(a) !== folderForm(b)) {
      this.#differ('shape', place, a, b);
      return;
    }
    const [theirs, ours] = [new URL(a), new URL(b)];
    const isRight =
      ours.origin === this.known.ourString(theirs.origin) &&
      this.known.ourFileName(theirs.pathname) === decodeURIComponent(ours.pathname.split('/').at(-1) ?? '') &&
      this.known.pairStrings(theirs.pathname, ours.pathname);
    if (!isRight) this.#differ('value', place, a, b);
  }

  #number(a: number, b: number, place: Place): void {
    const { key, parent, parentKey } = place;
    const sender = key === 'sender_id' && (SENDERS[String(parent.sender_type)] ?? 'contact');
    const kind = sender || (key === 'id' ? idKindOf(parent, parentKey) : ID_KEYS[key]);
    if (kind ? !this.known.pairIds(kind, a, b) : a !== b) this.#differ('value', place, a, b);
  }
}

/**
 * Compares a recorded value with ours and learns from it; an empty list when they agree. `isOnClock` is false for what
 * was recorded later, when the recorder's clock no longer told the server's time.
 */
export function compareAndLearn(
  recorded: unknown,
  ours: unknown,
  known: Correspondence,
  { where = '', isOnClock = true } = {},
): Difference[] {
  const comparison = new Comparison(known, isOnClock);
  comparison.visit(recorded, ours, { where, key: '', parent: {}, parentKey: '' });
  return comparison.found;
}
