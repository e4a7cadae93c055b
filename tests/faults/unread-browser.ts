// One browser of the contact with the panels in its windows, and what a person sees on them: a panel shows what it was told,
// says what is on screen, and begins anew when the background was stopped. Owns what was really seen; judges nothing.
import { parseUpdate } from '@/lib/messaging/update-schema';
import { createViewState, type WritableViewState } from '@/lib/panel/view-state';
import { type FakeLife, fromPanel } from '../support/fake-platform';
import type { Checker } from './checker';
import type { WorldClock } from './world-clock';
import { Device } from './world-device';

type FakePanel = ReturnType<FakeLife['connect']>;

export class Screen {
  isOpen = false;
  /** The conversation that is shown; null: the list. */
  key: string | null = null;
  visible = true;
  /** Scrolled to its end. */
  atEnd = false;
  state: WritableViewState = createViewState();
  #panel: FakePanel | null = null;
  /** Snapshots that were asked for and have not come. */
  #awaited = 0;
  #said: number | null = null;

  constructor(
    readonly browser: Browser,
    readonly windowId: number,
  ) {}

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.state = createViewState();
    this.key = null;
    this.connect();
  }

  close(): void {
    this.isOpen = false;
    this.#panel?.close();
    this.#panel = null;
  }

  /** Connects to the background, which is woken for it, and says all that it has said before. */
  connect(): void {
    const life = this.browser.wake();
    const panel = life.connect();
    this.#panel = panel;
    this.#awaited = 0;
    panel.port.post = (message) => {
      if (!life.dead && this.#panel === panel) this.#heard(JSON.parse(JSON.stringify(message)));
    };
    this.#ask();
    this.#say({ type: 'view.visible', visible: this.visible });
  }

  /** Shows a conversation, scrolled to its end or not, or the list. */
  go(key: string | null, atEnd: boolean): void {
    this.key = key;
    this.atEnd = atEnd;
    this.state.leaveWindow(key);
    this.#ask();
  }

  scroll(atEnd: boolean): void {
    this.atEnd = atEnd;
    this.look();
  }

  show(visible: boolean): void {
    this.visible = visible;
    this.#say({ type: 'view.visible', visible });
    this.look();
  }

  /** The messages on screen, when the newest is among them. */
  get onScreen(): readonly { id: number; conversationId: number }[] {
    const window = this.state.window.value;
    const isShown = this.isOpen && this.visible && this.atEnd && window?.conversationKey === this.key;
    return isShown && window ? window.messages : [];
  }

  /**
   * Those that the background's record knows as well: of what came when a background was stopped before it could save it, the
   * next one has not heard yet (or finds it in the history only), and cannot keep it as read. It stays unread.
   */
  get onScreenForSure(): readonly { id: number }[] {
    const newest = this.state.conversations.value.get(Number(this.key))?.preview?.messageId ?? 0;
    return this.onScreen.filter(({ id }) => id <= newest);
  }

  get isLookedAt(): boolean {
    return this.isOpen && this.visible && this.browser.focused === this.windowId;
  }

  /** Says what is on screen now, if that is news. */
  look(): void {
    this.browser.glimpse();
    const newest = this.onScreen.reduce((most, { id }) => Math.max(most, id), 0) || null;
    if (newest === this.#said || this.#awaited > 0) return;
    this.#said = newest;
    this.#say({ type: 'view.seen', messageId: newest });
  }

  #ask(): void {
    this.#awaited += 1;
    this.#said = null;
    const { windowId, key: conversationKey } = this;
    this.#say({ type: 'view.open', siteId: 'acme', sessionId: null, windowId, conversationKey });
  }

  #say(message: unknown): void {
    this.#panel?.say(message);
  }

  #heard(value: unknown): void {
    const update = parseUpdate(value);
    if (update?.type === 'snapshot') {
      this.#awaited -= 1;
      this.state.applySnapshot(update.snapshot, this.#awaited === 0);
    }
    for (const patch of update?.type === 'patch' ? update.patches : []) {
      this.state.applyPatch(patch);
      if (patch.type !== 'conversation.mapped' || patch.localConversationId !== this.key) continue;
      this.key = String(patch.conversationId);
      this.#ask();
    }
    this.look();
  }
}

export class Browser extends Device {
  readonly screens: readonly Screen[];
  focused: number | null = 1;
  /** What has come to it: ids of messages, and of their conversations. */
  readonly known = new Map<number, number>();
  /** What was on screen at the end of a conversation in the focused window, or above that, for a moment at least. */
  readonly glimpsed = new Set<number>();
  /** What was so when everything had come to rest: a person can have read it. */
  readonly read = new Set<number>();
  readonly pageHeard: { button?: { unread: number } }[];

  constructor(letter: 'a' | 'b', windows: readonly number[], clock: WorldClock, checker: Checker) {
    super(letter, clock, checker, false);
    this.screens = windows.map((windowId) => new Screen(this, windowId));
    const tab = { url: 'https://app.acme.com/inbox', windowId: 1, heard: [] };
    this.tabs.push(tab);
    this.pageHeard = tab.heard;
    this.platformOf = (fakes) => ({ ...fakes, focusedWindowId: async () => this.focused });
  }

  /** Told when the background was stopped. */
  onDeath = () => {};

  override died(): void {
    super.died();
    this.onDeath();
    // A panel notices at once, and connecting wakes the background.
    queueMicrotask(() => {
      for (const screen of this.screens) if (screen.isOpen) screen.connect();
    });
  }

  focus(windowId: number | null): void {
    this.focused = windowId;
    this.wake().focus(windowId);
    for (const screen of this.screens) screen.look();
  }

  get isLookedAt(): boolean {
    return this.screens.some(({ isLookedAt }) => isLookedAt);
  }

  /** Notes what can be seen now: where the newest message is on screen, what is before it counts as seen (design §7). */
  glimpse(): void {
    for (const { isLookedAt, onScreen, key } of this.screens) {
      if (!isLookedAt || onScreen.length === 0) continue;
      const newest = Math.max(...onScreen.map(({ id }) => id));
      for (const [id, conversationId] of this.known)
        if (String(conversationId) === key && id <= newest) this.glimpsed.add(id);
    }
  }

  /** Everything has come to rest. */
  rested(): void {
    this.glimpse();
    for (const { isLookedAt, onScreenForSure } of this.screens)
      if (isLookedAt) for (const { id } of onScreenForSure) this.read.add(id);
  }

  /** What the Help button and the toolbar count. */
  get counts(): { button: number; badge: number } {
    const button = this.pageHeard.findLast((message) => message.button)?.button?.unread ?? 0;
    return { button, badge: Number(this.badge.text) };
  }

  /** Asks the background for something, once more if it is stopped before it answers. */
  async ask(command: Record<string, unknown>): Promise<void> {
    for (let tries = 0; tries < 3; tries += 1) {
      let answered = false;
      const sessionId = `session-${this.letter}`;
      void this.wake()
        .send({ ...command, sessionId }, fromPanel)
        .then(() => {
          answered = true;
        });
      await this.clock.settle();
      if (answered) return;
    }
  }
}
