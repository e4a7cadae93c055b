// What the thread shows, line by line: bubbles in their groups, separators, the new line, what became of the conversation.
// Pure and O(n); an item that did not change is the same object as before, so that its view is not drawn again.
import { computed, type ReadonlySignal } from '@preact/signals';
import type { EpochMs } from '@/lib/core/types';
import { entryState, type SendingState, savingState } from './answers';
import { type Bubble, bubblesOf, type ThreadContent } from './bubbles';

export type ThreadItem =
  | { kind: 'beginning'; key: string; at: EpochMs }
  /** A day, with the new line on it when both fall together. */
  | { kind: 'day'; key: string; at: EpochMs; isNew: boolean }
  | { kind: 'new'; key: string }
  | { kind: 'resolved'; key: string; by: 'team' | 'self' }
  | { kind: 'reopened'; key: string }
  /** The person has marked it as resolved; the server has not said so yet. */
  | { kind: 'resolving'; key: string; echoId: string; state: SendingState }
  | Bubble;

const groupGap = 5 * 60_000;

/** Follows what the thread holds; what is the same as before keeps its object. */
export function createThreadItems(
  content: ReadonlySignal<ThreadContent>,
): ReadonlySignal<readonly ThreadItem[]> {
  let previous: readonly ThreadItem[] = [];
  let wasResolved = false;
  let reopenedAfter: number | null = null;
  return computed(() => {
    const isResolved = content.value.conversation?.status === 'resolved';
    if (isResolved) reopenedAfter = null;
    else if (wasResolved) reopenedAfter = content.value.messages.at(-1)?.id ?? null;
    wasResolved = isResolved;
    previous = threadItems(content.value, previous, reopenedAfter);
    return previous;
  });
}

/**
 * @param previous the items of the last call, for reuse.
 * @param reopenedAfter the newest message when the conversation was opened again before the person's eyes.
 */
export function threadItems(
  content: ThreadContent,
  previous: readonly ThreadItem[],
  reopenedAfter: number | null = null,
): ThreadItem[] {
  const bubbles = bubblesOf(content);
  const items: ThreadItem[] = [];
  const [oldest] = bubbles;
  if (content.complete && oldest) items.push({ kind: 'beginning', key: 'beginning', at: oldest.at });
  let line = lineOf(content, reopenedAfter);
  let last: Bubble | null = null;
  let lastDay = '';
  for (const bubble of bubbles) {
    const day = new Date(bubble.at).toDateString();
    const isNew = !bubble.own && bubble.messageId !== null && bubble.messageId === content.newFromId;
    // Clocks of server and browser differ: the day never goes back for a message that only waits here.
    const newDay = day !== lastDay && (bubble.messageId !== null || bubble.at > (last?.at ?? 0));
    // What is sent to a resolved conversation opens it again; what came after that stands below the line, too.
    const isAfter = bubble.messageId === null || (last !== null && last.messageId === reopenedAfter);
    const hasLine = line !== null && isAfter && last !== null;
    if (line && hasLine) items.push(line);
    if (hasLine) line = null;
    if (newDay) items.push({ kind: 'day', key: `day ${day}`, at: bubble.at, isNew });
    else if (isNew) items.push({ kind: 'new', key: 'new' });
    if (newDay) lastDay = day;
    const grouped: boolean = !newDay && !isNew && !hasLine && last !== null && belongTogether(last, bubble);
    bubble.first = !grouped;
    if (last?.own) last.stateShown = !grouped || hasOwnLine(last);
    bubble.joinsBefore = grouped && last !== null && !last.stateShown;
    if (last) last.joinsAfter = bubble.joinsBefore;
    items.push(bubble);
    last = bubble;
  }
  if (last?.own) last.stateShown = true;
  if (line) items.push(line);
  return reuseItems([...items, ...resolvingIn(content)], previous);
}

/** How the conversation stands, where that is to be told. */
function lineOf({ conversation }: ThreadContent, reopenedAfter: number | null): ThreadItem | null {
  if (conversation?.status === 'resolved')
    return { kind: 'resolved', key: 'resolved', by: conversation.resolvedHere ? 'self' : 'team' };
  return reopenedAfter === null ? null : { kind: 'reopened', key: 'reopened' };
}

function resolvingIn({ entries, saving, offline, conversation }: ThreadContent): ThreadItem[] {
  if (conversation?.status === 'resolved') return [];
  const entry = entries.findLast(({ act }) => act.kind === 'resolve');
  const own = saving.findLast(({ act }) => act.kind === 'resolve');
  const item = { kind: 'resolving', key: 'resolving' } as const;
  if (own) return [{ ...item, echoId: own.echoId, state: savingState(own) }];
  return entry ? [{ ...item, echoId: entry.echoId, state: entryState(entry, offline) }] : [];
}

function hasOwnLine({ state, answers }: Bubble): boolean {
  return state !== 'sent' || answers !== null;
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
    const [old, now] = [a[field as keyof ThreadItem], b[field as keyof ThreadItem]];
    // The one field that is made anew each time.
    if (old !== now && (field !== 'given' || JSON.stringify(old) !== JSON.stringify(now))) return false;
  }
  return true;
}
