// The conversation's view, half of the panel's weight, in a chunk of its own: the list is painted without it. It is
// fetched when a person reaches for a conversation, so that it is there when they open one.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ConversationProps, ConversationView } from './conversation-view';

/** The code of this page, not a state of it: once fetched it stays. */
const View = signal<typeof ConversationView | null>(null);

/** Fetches the view; resolves when it can be drawn. */
export async function loadConversation(): Promise<void> {
  View.value = (await import('./conversation-view')).ConversationView;
}

export function LazyConversation(props: ConversationProps) {
  useEffect(() => void loadConversation(), []);
  const Loaded = View.value;
  return Loaded && <Loaded {...props} />;
}
