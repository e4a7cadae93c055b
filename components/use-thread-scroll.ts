// Where the thread stands: begins at the new line, where it was left, or at the end, stays at the end while one is there, and
// keeps the place exactly when something comes in above or below. Tells the model what is on screen.
import { createContext, type RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { ThreadBeginning } from '@/lib/panel/thread-beginning';
import type { ThreadItem } from '@/lib/panel/thread-items';
import type { ThreadModel } from '@/lib/panel/thread-model';

/** All in CSS pixels. */
const nearEnd = 48;
const nearTop = 400;

interface Place {
  /** False until the thread was put where it begins. */
  isSet: boolean;
  /** A message on screen and how far below the upper edge it stands; unused at the end. */
  anchor: { node: HTMLElement; below: number } | null;
  /** At the end: how far it is below the lower edge. */
  rest: number;
  /** Where the box stood when all this was noted, and how high its content was. */
  top: number;
  height: number;
  lastKey: string | undefined;
  /** Where the unread messages began. */
  newLine: HTMLElement | null;
}

/** For what the thread holds: keeps a node where it is on screen while its surroundings change their size. */
export const PlaceContext = createContext<(node: HTMLElement) => void>(() => {});

export function useThreadScroll(
  thread: ThreadModel,
  beginning: ThreadBeginning,
  items: readonly ThreadItem[],
) {
  const log = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const place = useRef<Place>({
    isSet: false,
    anchor: null,
    rest: 0,
    top: 0,
    height: 0,
    lastKey: undefined,
    newLine: null,
  });
  const waitForCalm = useCalm(log, thread);

  const look = useCallback(() => {
    const box = log.current;
    if (!box || !place.current.isSet) return;
    const rest = box.scrollHeight - box.scrollTop - box.clientHeight;
    const isAtEnd = rest <= nearEnd;
    place.current.rest = rest < 1 ? 0 : rest;
    noteBox(place.current, box);
    place.current.anchor = isAtEnd ? null : anchorIn(box, inner.current);
    thread.scrolled(isAtEnd);
    const { anchor, newLine } = place.current;
    const messageId = Number(anchor?.node.dataset.message);
    const left = anchor && messageId ? { messageId, below: anchor.below } : null;
    beginning.stands(left, newLine !== null && newLine.offsetTop + newLine.offsetHeight <= box.scrollTop);
    if (box.scrollTop < nearTop) thread.showOlder();
    waitForCalm();
  }, [thread, beginning, waitForCalm]);

  /** Without looking afterwards: that would lay everything out a second time, and the end is where it now is. */
  const toEnd = useCallback(() => {
    const box = log.current;
    if (!box) return;
    box.scrollTop = box.scrollHeight;
    place.current.anchor = null;
    place.current.rest = 0;
    noteBox(place.current, box);
    thread.scrolled(true);
  }, [thread]);

  /** To the first new message, which gets the focus. */
  const toNew = useCallback(() => {
    const line = place.current.newLine;
    if (!log.current || !line) return;
    log.current.scrollTop = topFor(line, log.current);
    (line.nextElementSibling as HTMLElement | null)?.focus({ preventScroll: true });
    look();
  }, [look]);

  /** For what changes its size because a person asked for it: what they look at stays, even at the end. */
  const keepPlace = useCallback(
    (node: HTMLElement) => {
      const box = log.current;
      if (!box) return;
      // A button that is pressed by keyboard below the screen comes into sight.
      const below = Math.min(node.offsetTop - box.scrollTop, box.clientHeight - nearEnd);
      place.current.anchor = { node, below };
      thread.scrolled(false);
    },
    [thread],
  );

  /** Puts the thread right after its content or its box changed, before it is painted. */
  const settle = useCallback(() => {
    const box = log.current;
    const { isSet, anchor, rest } = place.current;
    if (!box || !isSet) return;
    if (thread.atEnd.peek()) box.scrollTop = box.scrollHeight - box.clientHeight - rest;
    else if (anchor?.node.isConnected) box.scrollTop = anchor.node.offsetTop - anchor.below;
    look();
  }, [thread, look]);

  /** The end may have left the screen because the content grew, before anybody was told: only who scrolls up leaves it. */
  const onScroll = useCallback(() => {
    const box = log.current;
    const { top, height } = place.current;
    const hasGrown = box !== null && box.scrollHeight !== height && box.scrollTop >= top;
    if (hasGrown && thread.atEnd.peek()) settle();
    else look();
  }, [thread, look, settle]);

  useLayoutEffect(() => {
    const box = log.current;
    // A conversation may be opened before its messages have been read: it begins with the first of them.
    if (!box || items.length === 0) return;
    const now = place.current;
    const last = items.at(-1);
    const before = now.lastKey;
    now.lastKey = last?.key;
    const line = box.querySelector<HTMLElement>('.new-line');
    // What was unread may be known only when the list has been read, right after the conversation was opened.
    const isFound = line !== null && now.newLine === null && last?.key !== before && thread.atEnd.peek();
    now.newLine = line;
    if (!now.isSet || isFound) {
      now.isSet = true;
      const left = beginning.left.peek();
      const node = left && nodeOf(left.messageId, box);
      box.scrollTop = line ? topFor(line, box) : node ? node.offsetTop - left.below : box.scrollHeight;
      return look();
    }
    const isFresh = last?.kind === 'bubble' && last.key !== before;
    const isMine = isFresh && last.messageId === null;
    if (isMine || (last?.key !== before && thread.atEnd.peek())) toEnd();
    else settle();
    if (isFresh && !last.own && before !== undefined) rise(inner.current?.lastElementChild);
  }, [items, thread, beginning, look, toEnd, settle]);

  useEffect(() => observeSize([log, inner], settle), [settle]);

  return { log, inner, onScroll, toEnd, toNew, keepPlace };
}

/**
 * Tells the model once the thread stands still: two frames in a row have found it in one place. What comes in above is drawn
 * then only. Drawn while a person scrolls, a frame would hold both movements, and nobody could tell one from the other.
 */
function useCalm(log: RefObject<HTMLElement | null>, thread: ThreadModel): () => void {
  const isWaiting = useRef(false);
  return useCallback(() => {
    if (isWaiting.current) return;
    isWaiting.current = true;
    let before: number | undefined;
    const frame = () => {
      const now = log.current?.scrollTop;
      isWaiting.current = now !== before;
      if (!isWaiting.current) return thread.calm();
      before = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }, [log, thread]);
}

function noteBox(place: Place, box: HTMLElement): void {
  place.top = box.scrollTop;
  place.height = box.scrollHeight;
}

/** How far to scroll for the new line to stand a third below the upper edge. */
function topFor(line: HTMLElement, box: HTMLElement): number {
  return line.offsetTop - box.clientHeight / 3;
}

/** The message, or the one after it where it is no more. */
function nodeOf(messageId: number, box: HTMLElement): HTMLElement | undefined {
  const nodes = [...box.querySelectorAll<HTMLElement>('[data-message]')];
  return nodes.find((node) => Number(node.dataset.message) >= messageId);
}

function anchorIn(box: HTMLElement, inner: HTMLElement | null): Place['anchor'] {
  for (const node of inner?.querySelectorAll<HTMLElement>('article.message') ?? []) {
    if (node.offsetTop + node.offsetHeight > box.scrollTop)
      return { node, below: node.offsetTop - box.scrollTop };
  }
  return null;
}

function observeSize(elements: readonly RefObject<HTMLElement | null>[], run: () => void): () => void {
  const observer = new ResizeObserver(run);
  for (const { current } of elements) if (current) observer.observe(current);
  return () => observer.disconnect();
}

/** A new message by others comes in softly; history and own messages stand at once. */
function rise(element: Element | null | undefined): void {
  if (!element || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  element.animate(
    { opacity: [0, 1], transform: ['translateY(6px)', 'none'] },
    { duration: 160, easing: 'cubic-bezier(0.2, 0, 0, 1)' },
  );
}
