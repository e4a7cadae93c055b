// The way back to one's conversations, at the start of a header.
import { ChevronLeft } from 'lucide-preact';
import { usePanel } from './context';

export function BackButton({ onClick }: { onClick: () => void }) {
  const { words } = usePanel();
  return (
    <button
      type="button"
      class="icon-button mirrors"
      aria-label={words.text('backToConversations')}
      onClick={onClick}
    >
      <ChevronLeft size={20} />
    </button>
  );
}
