// Keeps the messages of the open conversation in order (by time, then id) while snapshots and patches come in.
// Pure; objects that did not change are kept, so that their bubbles are not drawn again.
import type { MessageView, WindowView } from '@/lib/messaging/view-updates';

const before = (a: MessageView, b: MessageView) => a.createdAt - b.createdAt || a.id - b.id;

/** @returns `old` itself when `next` says the same, so that a new snapshot draws only what is new. */
export function reuse<T>(old: T | null | undefined, next: T): T {
  return old && JSON.stringify(old) === JSON.stringify(next) ? old : next;
}

/** Adds or replaces messages; the one that belongs at the end, by far the most frequent, costs no sorting. */
export function mergeMessages(old: MessageView[], changed: readonly MessageView[]): MessageView[] {
  const last = old.at(-1);
  const [first] = changed;
  if (changed.length === 1 && first && (!last || before(last, first) < 0) && !has(old, first.id))
    return [...old, first];
  const byId = new Map(old.map((message) => [message.id, message]));
  for (const message of changed) byId.set(message.id, reuse(byId.get(message.id), message));
  return [...byId.values()].sort(before);
}

/**
 * The window after a snapshot. Earlier messages that the panel had loaded stay, as long as nothing can be
 * missing between them and the snapshot's page; else the page alone is shown.
 */
export function windowAfter(old: WindowView | null, next: WindowView | null): WindowView | null {
  if (!old || !next || old.conversationKey !== next.conversationKey) return next;
  const [oldest] = next.messages;
  const newestKnown = old.messages.at(-1);
  if (!oldest || !newestKnown) return next;
  const kept = old.messages.filter((message) => before(message, oldest) < 0);
  const known = new Map(old.messages.map((message) => [message.id, message]));
  const page = next.messages.map((message) => reuse(known.get(message.id), message));
  const joined = before(oldest, newestKnown) <= 0;
  if (!joined || kept.length === 0) return { ...next, messages: page };
  return { ...next, messages: [...kept, ...page], hasOlder: old.hasOlder };
}

function has(messages: readonly MessageView[], id: number): boolean {
  return messages.some((message) => message.id === id);
}
