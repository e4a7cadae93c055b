// The way to a message of the thread that may not be drawn yet: earlier ones are asked for until it is there, for a while.
import { createContext } from 'preact';
import { useCallback, useContext, useLayoutEffect, useRef } from 'preact/hooks';
import type { ThreadItem } from '@/lib/panel/thread-items';
import type { ThreadModel } from '@/lib/panel/thread-model';

type Jump = (messageId: number) => void;

/** In ms: whoever has waited longer is somewhere else by now. */
const patience = 10_000;
const mostPages = 20;

export const JumpContext = createContext<Jump>(() => {});

export function useJump(): Jump {
  return useContext(JumpContext);
}

/** For the thread, which gives it to what it draws. */
export function useJumping(thread: ThreadModel, items: readonly ThreadItem[]): Jump {
  const wanted = useRef<{ id: number; until: number; pages: number } | null>(null);
  const look = useCallback(() => {
    const jump = wanted.current;
    if (!jump) return;
    const article = document.querySelector<HTMLElement>(`article[data-message="${jump.id}"]`);
    const isOver = performance.now() > jump.until || jump.pages++ > mostPages;
    if (article || isOver) wanted.current = null;
    if (!article) return isOver ? undefined : thread.showOlder();
    article.scrollIntoView({ block: 'center' });
    article.focus({ preventScroll: true });
  }, [thread]);
  // The effect of every new page.
  useLayoutEffect(look, [items, look]);
  return useCallback(
    (id) => {
      wanted.current = { id, until: performance.now() + patience, pages: 0 };
      look();
    },
    [look],
  );
}
