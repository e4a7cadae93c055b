// Owns the comparison of one recorded answer or frame with ours: the same keys, the same types, and the same values
// as far as the correspondence tells what must be equal. Learns ids, secrets and addresses as it goes.

import type { Correspondence, IdKind } from './correspondence';
import { uncut } from './disguise';

/** `shape`: other keys, types or lengths. `value`: the right type, but not what it stands for. */
export type Difference = { where: string; kind: 'shape' | 'value'; recorded: unknown; ours: unknown };
type Json = Record<string, unknown>;
type Place = { where: string; key: string; parent: Json };

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

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an object is, by its keys; null when its `id` is nothing we follow. */
function kindOf(object: Json, key: string): IdKind | null {
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
  if (typeof value !== 'string') return String(value);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.exec(value)?.[1]
    ? 'iso, ms'
    : `iso, s ${value.length}`;
}

/** The form of a secret: its kinds of characters and its length. */
const secretForm = (text: string) =>
  `${/^[0-9a-f-]+$/.test(text) ? 'hex' : 'any'} ${/-/.test(text)} ${text.length}`;

/** A path whose signed parts are replaced, with the file's name. */
export const addressForm = (text: string) =>
  new URL(text, 'http://any').pathname.replace(/\/[\w=-]{20,}(?=\/)/g, '/*');

/** Compares a recorded value with ours; an empty list when they agree. */
export function compare(
  recorded: unknown,
  ours: unknown,
  known: Correspondence,
  root: Partial<Place> = {},
): Difference[] {
  const found: Difference[] = [];
  const differ = (kind: Difference['kind'], { where }: Place, a: unknown, b: unknown) =>
    found.push({ where, kind, recorded: a, ours: b });

  const walk = (a: unknown, b: unknown, place: Place): void => {
    if (TIME_KEY.test(place.key) && !Array.isArray(a)) {
      if (timeForm(a) !== timeForm(b)) differ('shape', place, a, b);
    } else if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) return void differ('shape', place, a, b);
      for (const [index, item] of a.entries())
        walk(item, b[index], { ...place, where: `${place.where}[${index}]` });
    } else if (isObject(a) && isObject(b)) walkObject(a, b, place);
    else if (typeof a !== typeof b || (a === null) !== (b === null) || typeof a === 'object')
      a !== b && differ('shape', place, a, b);
    else if (typeof a === 'string') walkString(a, b as string, place);
    else if (typeof a === 'number') walkNumber(a, b as number, place);
    else if (a !== b) differ('value', place, a, b);
  };

  const walkObject = (a: Json, b: Json, { where, key }: Place): void => {
    const keyedBy = KEYED_BY_ID[key];
    const ourKey = (name: string) => {
      if (keyedBy !== undefined) return String(known.ourId(keyedBy, Number(name)) ?? name);
      return key === 'custom_attributes' ? (known.ourString(name) ?? name) : name;
    };
    const expected = new Map(Object.keys(a).map((name) => [ourKey(name), name]));
    for (const extra of Object.keys(b).filter((name) => !expected.has(name)))
      found.push({ where: `${where}.${extra}`, kind: 'shape', recorded: undefined, ours: b[extra] });
    for (const [name, recordedName] of expected) {
      const place = {
        where: `${where}.${name}`,
        key: key === 'custom_attributes' ? key : name,
        parent: { ...a, '': key },
      };
      if (name in b) walk(a[recordedName], b[name], place);
      else differ('shape', place, a[recordedName], undefined);
    }
  };

  const walkString = (a: string, b: string, place: Place): void => {
    const { key } = place;
    const expected =
      TEXT_KEYS.has(key) || SECRET_KEYS.has(key) || key === 'custom_attributes'
        ? known.ourString(uncut(a))
        : undefined;
    if (expected !== undefined) return void (b !== expected && differ('value', place, a, b));
    if (key === 'name' && /^[a-z]+-[a-z]+-\d+$/.test(a)) {
      if (!/^[a-z]+-[a-z]+-\d+$/.test(b)) differ('shape', place, a, b);
      known.pairNames(a, b);
    } else if (SECRET_KEYS.has(key)) {
      if (secretForm(a) !== secretForm(b)) differ('shape', place, a, b);
      if (!known.pairStrings(a, b)) differ('value', place, a, b);
    } else if (/^(data|thumb)_url$/.test(key) && a !== '') walkAddress(a, b, place);
    // Titles of notifications are put together of names and texts.
    else if (!key.startsWith('push_message') && b !== (COMPOSED.has(key) ? known.withOurNames(a) : a))
      differ('value', place, a, b);
  };

  const walkAddress = (a: string, b: string, place: Place): void => {
    const [ours, theirs] = [addressForm(b), addressForm(a)];
    const folder = (path: string) => path.slice(0, path.lastIndexOf('/'));
    if (folder(ours) !== folder(theirs)) differ('shape', place, a, b);
    known.pairStrings(new URL(a, 'http://any').pathname, new URL(b, 'http://any').pathname);
  };

  const walkNumber = (a: number, b: number, place: Place): void => {
    const { key, parent } = place;
    const kind =
      key === 'id'
        ? kindOf(parent, String(parent['']))
        : key === 'sender_id'
          ? (SENDERS[String(parent.sender_type)] ?? 'contact')
          : ID_KEYS[key];
    const equal = kind ? known.pairIds(kind, a, b) : a === b;
    if (!equal) differ('value', place, a, b);
  };

  walk(recorded, ours, { where: '', key: '', parent: {}, ...root });
  return found;
}
