// What the thread shows, line by line: bubbles with their groups and states, separators, the new line.
// Pure and O(n); an item that did not change is the same object as before, so that its view is not drawn again.
import type { EpochMs, FailureReason } from '@/lib/core/types';
import type { MessageView, OutboxView } from '@/lib/messaging/view-updates';
import type { Saving } from './outbox-model';

export type BubbleState =
  | 'saving'
  | 'queued'
  | 'queuedOffline'
  | 'sending'
  | 'uncertain'
  | 'failed'
  | 'held'
  | 'sent'
  | 'seen';

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

export type ThreadItem =
  | { kind: 'beginning'; key: string; at: EpochMs }
  /** A day, with the new line on it when both fall together. */
  | { kind: 'day'; key: string; at: EpochMs; isNew: boolean }
  | { kind: 'new'; key: string }
  | Bubble;

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
}

const groupGap = 5 * 60_000;
const none: MessageView['attachments'] = [];

/**
 * Without the entries under way or uncertain whose message seems to be there: an own one with the same words, above the
 * baseline, that nobody has claimed (a page that was read may overtake the answer to the POST). The background waits until
 * it can be sure; two bubbles for one message help nobody.
 */
function withoutArrived(
  entries: readonly OutboxView[],
  messages: readonly MessageView[],
): readonly OutboxView[] {
  const mayBeThere = ({ status }: OutboxView) => status === 'uncertain' || status === 'sending';
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

/** @param previous the items of the last call, for reuse. */
export function threadItems(content: ThreadContent, previous: readonly ThreadItem[]): ThreadItem[] {
  const bubbles = bubblesOf(content);
  const items: ThreadItem[] = [];
  const [oldest] = bubbles;
  if (content.complete && oldest) items.push({ kind: 'beginning', key: 'beginning', at: oldest.at });
  let last: Bubble | null = null;
  let lastDay = '';
  for (const bubble of bubbles) {
    const day = new Date(bubble.at).toDateString();
    const isNew = bubble.messageId !== null && bubble.messageId === content.newFromId;
    // Clocks of server and browser differ: the day never goes back for a message that only waits here.
    const newDay = day !== lastDay && (bubble.messageId !== null || bubble.at > (last?.at ?? 0));
    if (newDay) items.push({ kind: 'day', key: `day ${day}`, at: bubble.at, isNew });
    else if (isNew) items.push({ kind: 'new', key: 'new' });
    if (newDay) lastDay = day;
    const grouped: boolean = !newDay && !isNew && last !== null && belongTogether(last, bubble);
    bubble.first = !grouped;
    if (last?.own) last.stateShown = !grouped || hasOwnLine(last.state);
    bubble.joinsBefore = grouped && last !== null && !last.stateShown;
    if (last) last.joinsAfter = bubble.joinsBefore;
    items.push(bubble);
    last = bubble;
  }
  if (last?.own) last.stateShown = true;
  return reuseItems(items, previous);
}

function bubblesOf(content: ThreadContent): Bubble[] {
  const seenId = newestSeen(content);
  const known = new Set<string>();
  const bubbles: Bubble[] = [];
  for (const message of content.messages) {
    if (message.echoId) known.add(message.echoId);
    if (message.deleted) continue;
    const own = message.author.kind === 'contact';
    bubbles.push({
      ...blank,
      key: message.echoId ?? String(message.id),
      messageId: message.id,
      echoId: message.echoId,
      own,
      author: message.author,
      text: message.text,
      attachments: message.attachments,
      at: message.createdAt,
      state: own ? (message.id === seenId ? 'seen' : 'sent') : null,
    });
  }
  const add = (from: { echoId: string; text: string }, at: EpochMs, state: BubbleState) => {
    if (known.has(from.echoId)) return;
    known.add(from.echoId);
    const failure = 'failure' in from ? (from as OutboxView).failure : null;
    bubbles.push({
      ...blank,
      key: from.echoId,
      echoId: from.echoId,
      text: from.text,
      own: true,
      at,
      state,
      failure,
    });
  };
  for (const entry of withoutArrived(content.entries, content.messages)) {
    const waits = entry.status === 'queued' && content.offline;
    add(entry, entry.queuedAt, waits ? 'queuedOffline' : entry.status);
  }
  for (const each of content.saving) add(each, each.at, 'saving');
  return bubbles;
}

const blank: Bubble = {
  kind: 'bubble',
  key: '',
  messageId: null,
  echoId: null,
  own: false,
  author: null,
  text: '',
  attachments: none,
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

function hasOwnLine(state: BubbleState | null): boolean {
  return state !== 'sent';
}

function belongTogether(a: Bubble, b: Bubble): boolean {
  if (a.own !== b.own || b.at - a.at >= groupGap) return false;
  return a.own || (a.author?.kind === b.author?.kind && a.author?.id === b.author?.id);
}

function reuseItems(items: ThreadItem[], previous: readonly ThreadItem[]): ThreadItem[] {
  const byKey = new Map(previous.map((item) => [item.key, item]));
  return items.map((item) => {
    const old = byKey.get(item.key);
    return old && sameFields(old, item) ? old : item;
  });
}

function sameFields(a: ThreadItem, b: ThreadItem): boolean {
  for (const field in b) {
    if (a[field as keyof ThreadItem] !== b[field as keyof ThreadItem]) return false;
  }
  return true;
}
