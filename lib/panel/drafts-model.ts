// The words in the composers, per conversation. Shows every input at once, tells the background once a frame,
// and never lets a draft from elsewhere overwrite the composer that has the focus.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { ConversationKey } from '@/lib/core/types';
import type { SessionCommand } from '@/lib/messaging/commands';

export interface DraftsParts {
  send(command: SessionCommand): void;
  /** Runs before the next painting (requestAnimationFrame). */
  frame(run: () => void): void;
}

export interface DraftsModel {
  texts: ReadonlySignal<ReadonlyMap<ConversationKey, string>>;
  change(key: ConversationKey, text: string): void;
  /** What was written goes as a message; with it the background forgets the draft by itself. */
  sent(key: ConversationKey): void;
  /** Puts a text that could not be sent before whatever is in the box by now. */
  giveBack(key: ConversationKey, text: string): void;
  /** One draft changed elsewhere, or our own came back. */
  receive(key: ConversationKey, text: string): void;
  /** All that the background has. What was written here it may have lost with its worker: it is told again. */
  receiveAll(known: Readonly<Record<ConversationKey, string>>): void;
  /** The composer of this conversation has the focus; null: none has. */
  focused(key: ConversationKey | null): void;
  mapKey(from: ConversationKey, to: ConversationKey): void;
  /** Tells at once what waits for the next frame: a hidden page has no frames. */
  flush(): void;
}

/** Nothing is written in any composer at first; `receiveAll` brings what was saved. */
export function createDraftsModel({ send, frame }: DraftsParts): DraftsModel {
  const texts = signal<ReadonlyMap<ConversationKey, string>>(new Map());
  const untold = new Set<ConversationKey>();
  const writtenHere = new Set<ConversationKey>();
  let focusedKey: ConversationKey | null = null;
  let waiting = false;

  const textOf = (key: ConversationKey) => texts.value.get(key) ?? '';

  function set(key: ConversationKey, text: string): void {
    if (text === textOf(key)) return;
    const next = new Map(texts.value);
    if (text === '') next.delete(key);
    else next.set(key, text);
    texts.value = next;
  }

  function flush(): void {
    for (const conversationKey of untold)
      send({ type: 'draft.change', conversationKey, text: textOf(conversationKey) });
    untold.clear();
    waiting = false;
  }

  function tell(key: ConversationKey): void {
    if (!waiting) frame(flush);
    waiting = true;
    untold.add(key);
  }

  function change(key: ConversationKey, text: string): void {
    set(key, text);
    writtenHere.add(key);
    tell(key);
  }

  return {
    texts,
    change,
    sent(key) {
      set(key, '');
      untold.delete(key);
    },
    giveBack(key, text) {
      const now = textOf(key);
      change(key, now === '' ? text : `${text}\n${now}`);
    },
    receive(key, text) {
      // Our own that came back may not be saved yet: it stays ours to tell again.
      if (key === focusedKey || untold.has(key) || text === textOf(key)) return;
      writtenHere.delete(key);
      set(key, text);
    },
    receiveAll(known) {
      for (const key of new Set([...texts.value.keys(), ...writtenHere, ...Object.keys(known)])) {
        const text = (Object.hasOwn(known, key) && known[key]) || '';
        if (!writtenHere.has(key)) set(key, text);
        else if (text !== textOf(key)) tell(key);
      }
    },
    focused(key) {
      focusedKey = key;
    },
    mapKey(from, to) {
      const text = textOf(from);
      set(from, '');
      if (text !== '') set(to, text);
      if (focusedKey === from) focusedKey = to;
      if (untold.delete(from)) untold.add(to);
      if (writtenHere.delete(from)) writtenHere.add(to);
    },
    flush,
  };
}
