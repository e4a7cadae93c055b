// One conversation: who it is with, its thread, and the place to write.
import { SquarePen } from 'lucide-preact';
import type { RefObject } from 'preact';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import type { Author, ConversationKey } from '@/lib/core/types';
import { useBack, useIsOnline } from './availability';
import { Avatar } from './avatar';
import { BackButton } from './back-button';
import { Composer } from './composer';
import { usePanel } from './context';
import { ConversationMore } from './conversation-menu';
import { KeepOpen } from './keep-open';
import { StripLine } from './strip';
import { Thread } from './thread';

export interface ConversationProps {
  conversationKey: ConversationKey;
  moves: string;
}

export function ConversationView({ conversationKey, moves }: ConversationProps) {
  const { panel, words } = usePanel();
  const message = useRef<HTMLTextAreaElement>(null);
  const anew = useRef<HTMLButtonElement>(null);
  const focusMessage = useCallback(() => (message.current ?? anew.current)?.focus(), []);
  const company = panel.state.site.value?.name ?? '';
  const party = panel.thread.conversation.value?.party ?? null;
  const name = party?.name || company;

  useEffect(() => {
    if (document.hasFocus()) focusMessage();
  }, [focusMessage]);

  return (
    <main class={`view ${moves}`}>
      <header class="header">
        <BackButton onClick={panel.back} />
        <Avatar person={party} size="medium" />
        <div class="header-words">
          <h1 class={name ? 'header-name' : 'unseen'} title={name}>
            {name || words.text('messages')}
          </h1>
          <PartyLine party={party} />
        </div>
        <ConversationMore focusMessage={focusMessage} />
        <KeepOpen />
      </header>
      <StripLine />
      <Thread company={company} focusMessage={focusMessage} />
      {panel.thread.gone.value ? (
        <GoneNotice conversationKey={conversationKey} anew={anew} />
      ) : (
        <Composer conversationKey={conversationKey} message={message} />
      )}
    </main>
  );
}

/** Under the name: the company, and whether this person is there, or when somebody will be. */
function PartyLine({ party }: { party: Author | null }) {
  const { panel, words } = usePanel();
  const company = panel.state.site.value?.name ?? '';
  const isNamed = party !== null && (party.name || company) !== company;
  const back = useBack(isNamed ? 'companyBack' : 'back', company);
  const isOnline = useIsOnline(party);
  const text = isOnline ? words.text('companyOnline', { company }) : (back ?? (isNamed && company));
  if (!text) return null;
  return (
    <p class="header-company" title={text}>
      {text}
    </p>
  );
}

interface GoneProps {
  conversationKey: ConversationKey;
  anew: RefObject<HTMLButtonElement | null>;
}

/** In the place of the composer. What stood there goes along to the new conversation, where one can be begun. */
function GoneNotice({ conversationKey, anew }: GoneProps) {
  const { panel, words } = usePanel();
  // The focus must not be lost with the composer.
  useEffect(() => {
    if (document.hasFocus() && document.activeElement === document.body) anew.current?.focus();
  }, [anew]);
  return (
    <footer class="action-bar gone">
      <p role="alert">{words.text('conversationGone')}</p>
      {panel.state.past.value?.role !== 'earlier' && (
        <button type="button" class="primary" ref={anew} onClick={() => panel.startAnew(conversationKey)}>
          <SquarePen size={16} strokeWidth={2} />
          {words.text('newConversation')}
        </button>
      )}
    </footer>
  );
}
