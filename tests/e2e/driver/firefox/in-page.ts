// Runs in a page, in a world of its own beside the page's scripts: finds elements by what a person perceives, and says
// how they are. Bundled by realm.ts; must not use anything of Node.
import { queryAllByRole } from '@testing-library/dom';
import { computeAccessibleName } from 'dom-accessibility-api';
import { hasWords, type Step } from './steps';

/** What can be asked of every element that a locator finds. `argument` names an attribute or a CSS property. */
const readers = {
  text: (element: HTMLElement) => element.textContent ?? '',
  // biome-ignore lint/performance/useDomNodeTextContent: as it is rendered is what is asked for
  innerText: (element: HTMLElement) => element.innerText,
  accessibleName: (element: HTMLElement) => computeAccessibleName(element),
  value: (element: HTMLElement) => (element as HTMLInputElement).value ?? null,
  checked: (element: HTMLElement) => (element as HTMLInputElement).checked ?? null,
  visible: isVisible,
  enabled: isEnabled,
  focused: (element: HTMLElement) => document.activeElement === element,
  attribute: (element: HTMLElement, name: string) => element.getAttribute(name),
  css: (element: HTMLElement, property: string) => getComputedStyle(element).getPropertyValue(property),
  inViewport: isInViewport,
  box: (element: HTMLElement) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  },
};
type Readers = typeof readers;

/** Where to click, or why it cannot be clicked yet. */
export type Target = { x: number; y: number } | { reason: string };

export const inPage = {
  /** What `field` says of each element that the steps find. */
  async read<Field extends keyof Readers>(
    steps: readonly Step[],
    field: Field,
    argument = '',
  ): Promise<Awaited<ReturnType<Readers[Field]>>[]> {
    const reader = readers[field] as (element: HTMLElement, argument: string) => never;
    return Promise.all(find(steps).map((element) => reader(element, argument)));
  },

  /** The middle of the one element, once it is seen, in place, not disabled and not covered; scrolls it into view. */
  async target(steps: readonly Step[]): Promise<Target> {
    const found = find(steps);
    const [element] = found;
    if (!element || found.length > 1) return { reason: `there are ${found.length}` };
    if (!isVisible(element)) return { reason: 'it is not visible' };
    if (!isEnabled(element)) return { reason: 'it is disabled' };
    element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
    const before = element.getBoundingClientRect();
    await frame();
    const { x, y, width, height } = element.getBoundingClientRect();
    if (before.x !== x || before.y !== y) return { reason: 'it moves' };
    const middle = { x: x + width / 2, y: y + height / 2 };
    const top = document.elementFromPoint(middle.x, middle.y);
    if (!top || !element.contains(top)) return { reason: `${top?.outerHTML.slice(0, 80)} covers it` };
    return middle;
  },

  /** Gives the one element the focus; null, or why that could not be. */
  focus(steps: readonly Step[]): string | null {
    const found = find(steps);
    const [element] = found;
    if (!element || found.length > 1) return `there are ${found.length}`;
    element.focus();
    return document.activeElement === element ? null : 'it does not take the focus';
  },

  /** Puts a text in place of all that stands in the focused field, with the events that writing has. */
  write(text: string): void {
    (document.activeElement as HTMLInputElement).select();
    document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  },

  /** The whole document as it is now. */
  content: () => document.documentElement.outerHTML,

  title: () => document.title,
};

function find(steps: readonly Step[]): HTMLElement[] {
  return steps.reduce<HTMLElement[]>((found, step) => follow(step, found), [document.documentElement]);
}

function follow(step: Step, from: HTMLElement[]): HTMLElement[] {
  switch (step.by) {
    case 'nth':
      return from.slice(step.index, step.index + 1 || undefined);
    case 'hasText':
      return from.filter((element) => hasWords(step.words, element.textContent ?? ''));
    case 'css':
      return below(from, (root) => [...root.querySelectorAll<HTMLElement>(step.selector)]);
    case 'text':
      return below(from, (root) => smallestWith(step.words, root));
    case 'role': {
      const { role, name } = step;
      const options = name ? { name: (words: string) => hasWords(name, words) } : {};
      return below(from, (root) => queryAllByRole(root, role, options));
    }
  }
}

/** What is found below several roots, each once. */
function below(roots: HTMLElement[], query: (root: HTMLElement) => HTMLElement[]): HTMLElement[] {
  return [...new Set(roots.flatMap(query))];
}

/** Elements with the words of which no part has them all. */
function smallestWith(words: Parameters<typeof hasWords>[0], root: HTMLElement): HTMLElement[] {
  const has = (element: Element) => hasWords(words, element.textContent ?? '');
  return [...root.querySelectorAll<HTMLElement>('body, body *')].filter(
    (element) =>
      !element.matches('script, style, noscript') && has(element) && ![...element.children].some(has),
  );
}

function isVisible(element: HTMLElement): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true });
}

function isEnabled(element: HTMLElement): boolean {
  return !element.matches(':disabled') && element.closest('[aria-disabled=true]') === null;
}

/** Whether any part of it is on screen, scrolled boxes around it considered. */
function isInViewport(element: HTMLElement): Promise<boolean> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver((entries) => {
      observer.disconnect();
      resolve(entries.some(({ isIntersecting }) => isIntersecting));
    });
    observer.observe(element);
  });
}

/** The next frame; a page that is not shown gets none. */
function frame(): Promise<unknown> {
  return new Promise((resolve) => {
    requestAnimationFrame(resolve);
    setTimeout(resolve, 100);
  });
}

Object.assign(globalThis, { carbonchatTest: inPage });
