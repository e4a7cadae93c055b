// One conversation: who it is with, its thread, and the place to write.
import { ChevronLeft } from 'lucide-preact';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import type { ConversationKey } from '@/lib/core/types';
import { Avatar } from './avatar';
import { Composer } from './composer';
import { usePanel } from './context';
import { StripLine } from './strip';
import { Thread } from './thread';

interface ConversationProps {
  conversationKey: ConversationKey;
  moves: string;
}

export function ConversationView({ conversationKey, moves }: ConversationProps) {
  const { panel, words } = usePanel();
  const message = useRef<HTMLTextAreaElement>(null);
  const focusMessage = useCallback(() => message.current?.focus(), []);
  const company = panel.state.site.value?.name ?? '';
  const party = panel.thread.conversation.value?.party ?? null;
  const name = party?.name || company;

  useEffect(() => {
    if (document.hasFocus()) focusMessage();
    const backKey = words.direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    const goBack = (event: KeyboardEvent) => {
      if (!event.altKey || event.key !== backKey) return;
      event.preventDefault();
      panel.back();
    };
    addEventListener('keydown', goBack);
    return () => removeEventListener('keydown', goBack);
  }, [panel, words, focusMessage]);

  return (
    <main class={`view ${moves}`}>
      <header class="header">
        <button
          type="button"
          class="icon-button mirrors"
          aria-label={words.text('backToConversations')}
          onClick={panel.back}
        >
          <ChevronLeft size={20} />
        </button>
        <Avatar person={party} size="medium" />
        <div class="header-words">
          <h1 class={name ? 'header-name' : 'unseen'} title={name}>
            {name || words.text('messages')}
          </h1>
          {party && name !== company && <p class="header-company">{company}</p>}
        </div>
      </header>
      <StripLine />
      <Thread company={company} focusMessage={focusMessage} />
      <Composer conversationKey={conversationKey} message={message} />
    </main>
  );
}
