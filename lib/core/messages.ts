// Merging what HTTP, the cable and POST answers tell of a message into one truth, keyed by the server's id.
import type { Turn } from './turn';
import type { EpochMs, Message, MessageWindow } from './types';

/** Where news of a message came from. HTTP knows neither versions nor statuses, and may be stale. */
export type Source = { from: 'frame' } | { from: 'http'; requestedAt: EpochMs };

/** Order in a list: by time, then by id, because times are whole seconds (contract §0, §10.4). */
export function byTime(a: { createdAt: number; id: number }, b: { createdAt: number; id: number }): number {
  return a.createdAt - b.createdAt || a.id - b.id;
}

function sameContent(a: Message, b: Message): boolean {
  return (
    a.text === b.text &&
    a.deleted === b.deleted &&
    a.status === b.status &&
    a.echoId === b.echoId &&
    a.updatedAt === b.updatedAt &&
    a.createdAt === b.createdAt &&
    a.quotedId === b.quotedId &&
    JSON.stringify(partsOf(a)) === JSON.stringify(partsOf(b))
  );
}

function partsOf({ author, content, answer, translations, attachments }: Message): unknown[] {
  return [author, content, answer, translations, attachments];
}

/**
 * The message after the news. Returns `known` itself when nothing changes. A frame older than the known
 * version, and an HTTP answer requested before a frame changed the message, tell nothing new but of a deletion,
 * which is final; HTTP never touches a known status; an echo id once known stays.
 */
export function mergeMessage(known: Message | undefined, news: Message, source: Source): Message {
  if (!known) return news;
  const echoId = known.echoId ?? news.echoId;
  let merged: Message;
  if (known.deleted && !news.deleted) {
    // What does not know of it is older, however late it comes.
    merged = { ...known, echoId };
  } else if (source.from === 'frame') {
    const stale = known.updatedAt !== null && news.updatedAt !== null && news.updatedAt < known.updatedAt;
    merged = stale ? { ...known, echoId } : { ...news, echoId };
  } else if (!news.deleted && known.changedAt !== null && known.changedAt >= source.requestedAt) {
    merged = { ...known, echoId };
  } else {
    merged = {
      ...news,
      echoId,
      status: known.status,
      updatedAt: known.updatedAt,
      changedAt: known.changedAt,
    };
  }
  return sameContent(known, merged) ? known : merged;
}

/** The window with a message put in its place; a message before the window's beginning is left to the history. */
export function putInWindow(window: MessageWindow, message: Message, prepend: boolean): MessageWindow {
  const { messages } = window;
  let place = messages.length;
  while (place > 0 && byTime(messages[place - 1] as Message, message) > 0) place -= 1;
  const existing = messages.findIndex((one) => one.id === message.id);
  if (existing >= 0) {
    const rest = messages.toSpliced(existing, 1);
    return { ...window, messages: rest.toSpliced(place > existing ? place - 1 : place, 0, message) };
  }
  if (place === 0 && messages.length > 0 && window.hasOlder && !prepend) return window;
  return { ...window, messages: messages.toSpliced(place, 0, message) };
}

/** What is known of a message: from this turn, from an open window, or loaded from the history. */
function knownMessage(turn: Turn, conversationId: number, id: number): Message | undefined {
  return (
    turn.messages.get(id) ??
    turn.state.windows[conversationId]?.messages.findLast((message) => message.id === id) ??
    turn.loaded.messages[id]
  );
}

/**
 * Takes in news of a message: stores and shows it if it changed. Answers the message as it now is.
 * `prepend` allows it to extend an open window backwards (older pages only).
 */
export function takeMessage(turn: Turn, news: Message, source: Source, prepend = false): Message {
  const known = knownMessage(turn, news.conversationId, news.id);
  if (!known) turn.firstHeard.add(news.id);
  const message = mergeMessage(known, news, source);
  if (message !== known) turn.messages.set(message.id, message);
  const window = turn.state.windows[message.conversationId];
  if (window) {
    const shown = window.messages.some((one) => one === message);
    if (!shown) {
      turn.set({
        windows: {
          ...turn.state.windows,
          [message.conversationId]: putInWindow(window, message, prepend),
        },
      });
    }
  }
  return message;
}
