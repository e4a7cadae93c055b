// A page with the content script in it, in happy-dom: a fake background beside it, and an observer that says what a test
// wants seen. After each test the script is gone with all that it listened to.
import { afterEach, beforeEach, expect, vi } from 'vitest';
import contentScript from '@/entrypoints/help-button.content/index';
import type { ButtonView } from '@/lib/messaging/commands';
import { fakeEvent } from '../platform/fake-events';

export const view: ButtonView = {
  shown: true,
  label: 'Help',
  name: 'Help, 2 unread messages',
  reloadLabel: 'Reload page for help',
  count: '2',
  unread: 2,
  position: 'bottom-end',
  colors: { fill: '#1f6feb', fillHover: '#0b61db', fillPressed: '#0452c9', onFill: '#ffffff' },
  panelOpen: false,
  user: 'none',
};

/** The background's end. `sendMessage` answers every command with the view, until a test says otherwise. */
export let runtime: {
  id: string | undefined;
  sendMessage: ReturnType<typeof vi.fn>;
  onMessage: ReturnType<typeof fakeEvent>;
};

/** What the browser says of the button: `null` nothing yet, `undefined` that it does not know. */
export const eyes = {
  sees: true as boolean | undefined | null,
  options: {} as object,
  /** Tells the script unasked. */
  tell: (..._visible: boolean[]) => {},
};

class FakeObserver {
  #waiting: object[] = [];

  constructor(hear: (entries: object[]) => void, options: object) {
    eyes.options = options;
    eyes.tell = (...visible) => hear(visible.map((isVisible) => ({ isVisible })));
  }

  observe(): void {
    if (eyes.sees !== null) this.#waiting = [{ isVisible: eyes.sees }];
  }

  unobserve(): void {
    this.#waiting = [];
  }

  takeRecords(): object[] {
    return this.#waiting.splice(0);
  }
}

// The closed shadow roots that the content script makes; nobody else gets hold of them.
const roots: ShadowRoot[] = [];
const attachShadow = Element.prototype.attachShadow;
const undo: (() => void)[] = [];

beforeEach(() => {
  vi.spyOn(Element.prototype, 'attachShadow').mockImplementation(function (this: Element, init) {
    const root = attachShadow.call(this, init);
    roots.push(root);
    return root;
  });
  for (const target of [document, window] as EventTarget[]) {
    const add = target.addEventListener.bind(target);
    vi.spyOn(target, 'addEventListener').mockImplementation((type, listener) => {
      add(type, listener);
      undo.push(() => target.removeEventListener(type, listener));
    });
  }
  const { observe } = MutationObserver.prototype;
  vi.spyOn(MutationObserver.prototype, 'observe').mockImplementation(function (
    this: MutationObserver,
    ...how
  ) {
    observe.apply(this, how);
    undo.push(() => this.disconnect());
  });
  vi.stubGlobal('IntersectionObserver', FakeObserver);
  Object.assign(eyes, { sees: true });
  Object.assign(document, { elementFromPoint: () => hosts()[0] ?? null });
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue({ height: 40 } as DOMRect);
  document.documentElement.style.opacity = '1';
  runtime = { id: 'us', sendMessage: vi.fn(async () => ({ ok: true, value: view })), onMessage: fakeEvent() };
  vi.stubGlobal('chrome', { runtime });
});

afterEach(() => {
  for (const step of undo.splice(0)) step();
  document.documentElement.replaceChildren(document.createElement('head'), document.createElement('body'));
  document.documentElement.removeAttribute('style');
  roots.length = 0;
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Fires one of the page's own events, whose detail is a JSON text. */
export function say(name: string, detail?: unknown): void {
  document.dispatchEvent(new CustomEvent(`carbonchat:${name}`, { detail }));
}

/** What the page's own scripts were told: names of events, and whatever else came with them. */
export const toldPage: string[] = [];

/** The page's own scripts listen from now on. */
export function listenAsPage(): void {
  toldPage.length = 0;
  for (const name of ['ready', 'opened', 'closed', 'on-message', 'error'])
    window.addEventListener(`carbonchat:${name}`, (event) => {
      toldPage.push('detail' in event ? `${name}, ${event.detail}` : name);
    });
}

/** Runs the content script and waits for the background's first answer. */
export async function run(): Promise<void> {
  await contentScript.main({} as never);
  await vi.waitFor(() => expect(runtime.sendMessage.mock.results[0]?.type).toBe('return'));
  await runtime.sendMessage.mock.results[0]?.value.catch(() => null);
  await new Promise((resolve) => setTimeout(resolve));
}

/** Says unasked how the button looks. */
export const tell = (button: unknown) => runtime.onMessage.fire({ type: 'button.changed', button });

export const hosts = () => document.querySelectorAll('carbonchat-help');
export const button = () => roots.at(-1)?.querySelector('button') as HTMLButtonElement;
export const sheet = () =>
  [...(roots.at(-1)?.adoptedStyleSheets[0]?.cssRules ?? [])].map((rule) => rule.cssText).join('\n');

/** Clicks the button, as a person does or as a page. */
export function press(isTrusted: boolean, detail = 1): void {
  const click = new MouseEvent('click', { bubbles: true, detail });
  Object.defineProperty(click, 'isTrusted', { value: isTrusted });
  button().dispatchEvent(click);
}
