// The bubbles of a thread: what the server has, each answer below its question, and what is still on its way. Pure and O(n);
// how they stand in groups is for the thread's items to say.
import type { MessageContent } from '@/lib/core/content';
import type { EpochMs, FailureReason } from '@/lib/core/types';
import type { ConversationView, MessageView, OutboxView } from '@/lib/messaging/view-updates';
import {
  answersUnderWay,
  answerWords,
  entryState,
  type Given,
  type SendingState,
  storedAnswer,
} from './answers';
import type { Saving } from './outbox-model';

export type BubbleState = SendingState | 'seen';

export interface Bubble {
  kind: 'bubble';
  /** The same from the key press to the server's message: one bubble lives through all states. */
  key: string;
  messageId: number | null;
  echoId: string | null;
  own: boolean;
  author: MessageView['author'] | null;
  text: string;
  attachments: MessageView['attachments'];
  content: MessageContent;
  /** How it was answered, as far as it asks anything. */
  given: Given | null;
  /** An own bubble that is the answer to the message before it: a choice, or details that were asked for. */
  answers: 'choice' | 'details' | null;
  /** The message that it quotes, and that message where it is among those that are here. */
  quotedId: number | null;
  quoted: MessageView | null;
  translations: MessageView['translations'];
  at: EpochMs;
  /** Begins a group: others show their name above it. */
  first: boolean;
  /** Touches the bubble of its group before or after it. */
  joinsBefore: boolean;
  joinsAfter: boolean;
  /** Own messages only. */
  state: BubbleState | null;
  stateShown: boolean;
  failure: FailureReason | null;
}

export interface ThreadContent {
  messages: readonly MessageView[];
  /** Of this conversation, in order. */
  entries: readonly OutboxView[];
  saving: readonly Saving[];
  /** Nothing is earlier than the first message. */
  complete: boolean;
  agentLastSeenAt: EpochMs;
  /** The first unread message when the conversation was opened. */
  newFromId: number | null;
  offline: boolean;
  /** Null while the list does not know it. */
  conversation: ConversationView | null;
}

/**
 * Without the entries under way or uncertain whose message seems to be there: an own one with the same words, above the
 * baseline, that nobody has claimed (a page that was read may overtake the answer to the POST). The background waits until
 * it can be sure; two bubbles for one message help nobody.
 */
function withoutArrived(
  entries: readonly OutboxView[],
  messages: readonly MessageView[],
): readonly OutboxView[] {
  const mayBeThere = ({ act, status }: OutboxView) =>
    act.kind === 'message' && (status === 'uncertain' || status === 'sending');
  if (!entries.some(mayBeThere)) return entries;
  const unclaimed = messages.filter(({ author, echoId }) => author.kind === 'contact' && echoId === null);
  return entries.filter((entry) => {
    if (!mayBeThere(entry)) return true;
    const { text, baselineId } = entry;
    const index = unclaimed.findIndex((message) => message.id > baselineId && message.text === text);
    if (index >= 0) unclaimed.splice(index, 1);
    return index < 0;
  });
}

/** In order. Groups are not told yet. */
export function bubblesOf(content: ThreadContent): Bubble[] {
  const seenId = newestSeen(content);
  const underWay = answersUnderWay(content);
  const known = new Set<string>();
  const byId = new Map(content.messages.map((message) => [message.id, message]));
  const bubbles: Bubble[] = [];
  for (const message of content.messages) {
    if (message.echoId) known.add(message.echoId);
    if (message.deleted) continue;
    const given = underWay.get(message.id) ?? storedAnswer(message);
    const bubble = ofMessage(message, given, message.id === seenId);
    bubble.quoted = (message.quotedId !== null && byId.get(message.quotedId)) || null;
    const answer = given && ofAnswer(message, given);
    // A form that was filled in closes; where it came without words nothing is left of it but the answer.
    if (!answer || message.text !== '' || message.attachments.length > 0) bubbles.push(bubble);
    if (answer) bubbles.push(answer);
  }
  const add = (echoId: string, change: Partial<Bubble>) => {
    if (known.has(echoId)) return;
    known.add(echoId);
    bubbles.push({ ...blank, ...change, key: echoId, echoId, own: true });
  };
  for (const entry of withoutArrived(content.entries, content.messages)) {
    const { act, echoId, text, queuedAt: at, failure } = entry;
    const state = entryState(entry, content.offline);
    if (act.kind === 'message') add(echoId, { text, at, state, failure });
    // Its question is not here, and may be nowhere any more: what was written must not be lost with it.
    else if (act.kind === 'answer' && state === 'failed' && !byId.has(act.messageId))
      add(echoId, {
        text: answerWords(act.answer, blank.content),
        answers: 'details',
        at,
        state,
        failure: failure ?? 'gone',
      });
  }
  for (const { act, echoId, text, at } of content.saving)
    if (act.kind === 'message') add(echoId, { text, at, state: 'saving' });
  return bubbles;
}

function ofMessage(message: MessageView, given: Given | null, isSeen: boolean): Bubble {
  const { id, echoId, author, createdAt } = message;
  const own = author.kind === 'contact';
  const { text, attachments, content, quotedId, translations } = message;
  return {
    ...blank,
    key: echoId ?? String(id),
    messageId: id,
    echoId,
    own,
    author,
    ...{ text, attachments, content, quotedId, translations },
    given,
    at: createdAt,
    state: own ? (isSeen ? 'seen' : 'sent') : null,
  };
}

/** The answer to a question as a bubble of one's own; a rating is shown where it was asked for. */
function ofAnswer(question: MessageView, given: Given): Bubble | null {
  const { answer, state, echoId, failure } = given;
  if (answer.kind === 'rating') return null;
  return {
    ...blank,
    key: `answer ${question.id}`,
    messageId: question.id,
    echoId,
    own: true,
    text: answerWords(answer, question.content),
    answers: answer.kind === 'option' ? 'choice' : 'details',
    // In its place in the thread, whenever it was given.
    at: question.createdAt,
    state,
    failure,
  };
}

const blank: Bubble = {
  kind: 'bubble',
  key: '',
  messageId: null,
  echoId: null,
  own: false,
  author: null,
  text: '',
  attachments: [],
  content: { kind: 'plain' },
  given: null,
  answers: null,
  quotedId: null,
  quoted: null,
  translations: {},
  at: 0,
  first: true,
  joinsBefore: false,
  joinsAfter: false,
  state: null,
  stateShown: false,
  failure: null,
};

/** The newest own message that the server said was read; only that one is marked. */
function newestSeen({ messages, agentLastSeenAt }: ThreadContent): number | null {
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index];
    if (!message || message.deleted || message.author.kind !== 'contact') continue;
    if (message.status === 'read' || message.createdAt <= agentLastSeenAt) return message.id;
  }
  return null;
}
