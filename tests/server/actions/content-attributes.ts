// Owns what the content attributes of an agent's or a bot's message must be like (contract §8).
// Must not look at anything but the message.

import { isObject } from '../records/json';
import type { Json } from '../records/records';
import { invalid, unprocessable } from './problems';

/** Every content type there is; with the keys that its items may have, where it has items. */
const ITEM_KEYS: Record<string, string[] | null> = {
  text: null,
  input_text: null,
  input_textarea: null,
  input_email: null,
  input_select: ['title', 'value'],
  cards: ['title', 'description', 'media_url', 'actions'],
  form: [
    'type',
    'placeholder',
    'label',
    'name',
    'options',
    'default',
    'required',
    'pattern',
    'title',
    'pattern_error',
  ],
  article: ['title', 'description', 'link'],
  incoming_email: null,
  input_csat: null,
  integrations: null,
  sticker: null,
  voice_call: null,
};
const ACTION_KEYS = ['text', 'type', 'payload', 'uri'];

const listed = (keys: string[]) => `[${keys.map((key) => `:${key}`).join(', ')}]`;
const foreign = (objects: Json[], known: string[]) =>
  objects.flatMap((one) => Object.keys(one)).filter((key) => !known.includes(key));

/** What is wrong with the actions of cards: each has one at least. */
function faultsOfActions(cards: Json[]): string[] {
  const actions = cards.map((card) => (Array.isArray(card.actions) ? card.actions.filter(isObject) : []));
  if (actions.some((those) => those.length === 0)) return ['contains items missing actions'];
  const keys = foreign(actions.flat(), ACTION_KEYS);
  return keys.length > 0 ? [`contains invalid keys for actions:  ${listed(keys)}`] : [];
}

/** Throws 422 for a content type there is not, and for items that do not fit theirs. Wording: to the best of our knowledge. */
export function validateContent(content_type: string, { items }: Json): void {
  const known = Object.hasOwn(ITEM_KEYS, content_type) ? ITEM_KEYS[content_type] : undefined;
  if (known === undefined) throw unprocessable(`'${content_type}' is not a valid content_type`);
  if (known === null) return;
  const all: unknown[] = Array.isArray(items) ? items : [];
  const objects = all.filter(isObject);
  const faults: string[] = [];
  if (all.length === 0) faults.push('At least one item is required.');
  if (objects.length < all.length) faults.push('Items should be a hash.');
  const keys = foreign(objects, known);
  if (keys.length > 0) faults.push(`contains invalid keys for items : ${listed(keys)}`);
  if (content_type === 'cards' && objects.length > 0) faults.push(...faultsOfActions(objects));
  if (faults.length === 0) return;
  throw invalid(
    faults.map((fault) => ({ attribute: 'content_attributes', message: `Content attributes ${fault}` })),
  );
}
