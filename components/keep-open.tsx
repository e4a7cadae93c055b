// The way from a popup, which closes as soon as a person looks elsewhere, to the sidebar, which stays.
import { PanelRight } from 'lucide-preact';
import { usePanel } from './context';

/** Draws nothing where the panel stays open anyway. */
export function KeepOpen() {
  const { keepOpen, words } = usePanel();
  if (!keepOpen) return null;
  const name = words.text('keepOpen');
  return (
    <button type="button" class="icon-button keep-open" aria-label={name} title={name} onClick={keepOpen}>
      <PanelRight size={20} />
    </button>
  );
}
