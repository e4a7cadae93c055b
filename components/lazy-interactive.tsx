// What messages ask and show besides words, in a chunk of its own: most conversations do without. One that needs it is not drawn
// before it is there, so that nothing moves under anybody's eyes.
import { useEffect, useRef } from 'preact/hooks';
import type { ThreadItem } from '@/lib/panel/thread-items';
import { lazy } from './lazy';

const interactive = lazy(() => import('./interactive'));

export const loadInteractive = interactive.load;
export const LazyInteractive = interactive.view((module) => module.Interactive);

/** @returns the items, or none as long as they need what is being fetched, or are not `ready`; what is drawn already stays. */
export function useWhenLoaded(items: readonly ThreadItem[], ready: boolean): readonly ThreadItem[] {
  const isDrawn = useRef(false);
  const needs = !interactive.isLoaded() && items.some(isInteractive);
  useEffect(() => {
    if (needs) void interactive.load();
  }, [needs]);
  if ((needs || !ready) && !isDrawn.current) return none;
  isDrawn.current ||= items.length > 0;
  return items;
}

const none: readonly ThreadItem[] = [];

function isInteractive(item: ThreadItem): boolean {
  return item.kind === 'bubble' && item.content.kind !== 'plain';
}
