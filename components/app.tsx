// The whole panel: one view at a time, chosen by the route.
import { LucideProvider } from 'lucide-preact';
import { useEffect, useRef } from 'preact/hooks';
import { useAccents } from '@/lib/panel/theme';
import { PanelContext, type PanelTools } from './context';
import { LazyDetails } from './lazy-contact';
import { LazyConversation } from './lazy-conversation';
import { LazyWayKeys } from './lazy-way-keys';
import { ListView } from './list-view';

export function App(tools: PanelTools) {
  const { panel } = tools;
  const route = panel.route.route.value;
  const first = useRef(route);
  useAccents(panel.state.site.value?.color ?? null);
  useEffect(() => {
    const tell = () => panel.visible(document.visibilityState === 'visible');
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [panel]);
  // What is on screen when the panel opens stands still; only going from view to view moves.
  const moves = route === first.current ? '' : route.name === 'list' ? 'enters-back' : 'enters-forward';
  return (
    <PanelContext.Provider value={tools}>
      {/* Lines of one width at every size of icon. */}
      <LucideProvider strokeWidth={1.75} absoluteStrokeWidth>
        <LazyWayKeys />
        {route.name === 'list' && <ListView moves={moves} />}
        {route.name === 'details' && <LazyDetails moves={moves} />}
        {route.name === 'conversation' && (
          <LazyConversation key={route.openedAs} conversationKey={route.key} moves={moves} />
        )}
      </LucideProvider>
    </PanelContext.Provider>
  );
}
