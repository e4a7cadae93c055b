// Alt and the arrow that points backwards: the same as the Back button of a view.
import { useEffect } from 'preact/hooks';
import { usePanel } from './context';

/** Goes back by keyboard as long as the view is drawn. */
export function useBackKey(): void {
  const { panel, words } = usePanel();
  useEffect(() => {
    const backKey = words.direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    const goBack = (event: KeyboardEvent) => {
      if (!event.altKey || event.key !== backKey) return;
      event.preventDefault();
      panel.back();
    };
    addEventListener('keydown', goBack);
    return () => removeEventListener('keydown', goBack);
  }, [panel, words]);
}
