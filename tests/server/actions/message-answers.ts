// Owns answers to interactive messages: what of them is kept (contract §3.13), and the rating they may be (§9.3).
// Must not know HTTP beyond the problems it throws.

import { isObject, scalar } from '../records/json';
import type { Conversation, Json, Message } from '../records/records';
import type { World } from '../world';
import { changeMessage } from './message-changes';
import { unprocessable } from './problems';

const DAY = 86_400_000;

/** The named scalars of an object, in the order of the names; what is no scalar falls away. */
function scalars(value: Json, names: string[]): Json {
  const kept = names.filter(
    (name) => name in value && (value[name] === null || typeof value[name] !== 'object'),
  );
  return Object.fromEntries(kept.map((name) => [name, value[name]]));
}

function kept(value: Json): Json {
  const rating = value.csat_survey_response;
  return {
    ...scalars(value, ['name', 'title', 'value']),
    ...(isObject(rating) && { csat_survey_response: scalars(rating, ['feedback_message', 'rating']) }),
  };
}

/** What the server keeps of `submitted_values`: an array of objects, or one; undefined of anything else. */
function permitted(value: unknown): Json | Json[] | undefined {
  if (Array.isArray(value)) return value.filter(isObject).map(kept);
  return isObject(value) ? kept(value) : undefined;
}

/** Records the rating of an answer; anything but 1 to 5 leaves none (§9.3). */
function recordRating(world: World, conversation: Conversation, message: Message): void {
  const values = message.content_attributes.submitted_values;
  const answer = isObject(values) && isObject(values.csat_survey_response) ? values.csat_survey_response : {};
  // The column is a whole number: text becomes what it begins with.
  const rating = Number.parseInt(scalar(answer.rating) ?? '', 10);
  if (![1, 2, 3, 4, 5].includes(rating)) return;
  const at = world.store.now();
  const old = message.csat;
  message.csat = {
    id: old?.id ?? world.store.nextId('csat'),
    rating,
    feedback_message: scalar(answer.feedback_message),
    assignee: conversation.assignee,
    created_at: old?.created_at ?? at,
    updated_at: at,
  };
}

/**
 * Answers a message of any type: the values replace those of an earlier answer whole (§3.13). Values that are neither
 * object nor array, or none, change nothing. 422 for a rating that comes more than 14 days after it was asked for.
 */
export function answerMessage(
  world: World,
  conversation: Conversation,
  message: Message,
  submitted: unknown,
) {
  const isCsat = message.content_type === 'input_csat';
  const days = Math.floor(world.store.now() / DAY) - Math.floor(message.created_at / DAY);
  if (isCsat && days > 14) throw unprocessable('You cannot update the CSAT survey after 14 days');
  const submitted_values = permitted(submitted);
  if (submitted_values === undefined) return;
  const content_attributes = { ...message.content_attributes, submitted_values };
  changeMessage(world, conversation, message, { content_attributes });
  if (isCsat) recordRating(world, conversation, message);
}
