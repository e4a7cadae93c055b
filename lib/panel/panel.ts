// Puts the panel's models together and sends each update of the background where it belongs.
// The views get this one object; it touches neither the page nor the extension API.
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { type ConversationKey, idOf } from '@/lib/core/types';
import { maxMessageLength, type Result, type SessionCommand } from '@/lib/messaging/commands';
import type { Patch, Snapshot } from '@/lib/messaging/view-updates';
import type { Clock, Random, TimerId } from '@/lib/platform/types';
import { countCharacters } from './characters';
import { createDraftsModel, type DraftsModel } from './drafts-model';
import { createListModel, type ListModel } from './list-model';
import { createOutboxModel, type OutboxModel } from './outbox-model';
import { createPanelLink, type PanelLinkParts } from './panel-link';
import { createRouteModel, type Origin, type RouteModel } from './route-model';
import { createStripModel, type StripModel } from './strip-model';
import type { Places } from './thread-beginning';
import { createThreadModel, type ThreadModel } from './thread-model';
import { createViewState, type ViewState } from './view-state';

export interface PanelParts extends PanelLinkParts {
  random: Random;
  /** Puts the panel of another session of this site in the place of this one; null: of whoever is asking now. */
  showSession(sessionId: string | null): void;
  /** From where one comes to this panel's list. */
  origin?: Origin | null;
  /** Keeps over a reload which conversation was open, in which session of this site, and that this site was shown last. */
  memory: { read(): string | null; write(siteId: string, key: string | null, sessionId: string): void };
  /** Runs before the next painting (requestAnimationFrame). */
  frame(run: () => void): void;
  /** Runs after the next painting. */
  painted(run: () => void): void;
}

export interface Panel {
  state: ViewState;
  route: RouteModel;
  list: ListModel;
  thread: ThreadModel;
  outbox: OutboxModel;
  drafts: DraftsModel;
  strip: StripModel;
  /** What is being filled in, by the message that asks for it: it survives leaving the conversation. */
  filling: Map<number, Readonly<Record<string, string>>>;
  /** Where conversations were left. */
  places: Places;
  clock: Clock;
  /** Epoch milliseconds, renewed every half minute: for times that are told relative to now. */
  now: ReadonlySignal<number>;
  openConversation(key: ConversationKey): void;
  openDetails(): void;
  newConversation(): void;
  back(): void;
  forward(): void;
  /** From a conversation that is gone: to a new one, with the words that stand in its composer. */
  startAnew(key: ConversationKey): void;
  /** Sends a failed message again; where its conversation is gone, in a new one, which is shown. */
  retry(echoId: string): void;
  /** Sends what is in the composer, unless it is empty or too long. Painted at once. */
  sendDraft(key: ConversationKey): void;
  retryLink(): void;
  /** The page became visible or hidden. */
  visible(isVisible: boolean): void;
  /** Asks the background for something in the session that is shown. */
  send(command: SessionCommand): Promise<Result<null>>;
  /** Puts the panel of another site in the place of this one. */
  showSite(siteId: string): void;
  /** Puts the panel of another session of this site in the place of this one; null: of whoever is asking now. */
  showSession(sessionId: string | null): void;
  /** Hands everything over that waits for a frame: a hidden page gets none, and may be closed at any moment. */
  flush(): void;
  stop(): void;
}

const minute = 60_000;

/** Connects at once. */
export function createPanel(parts: PanelParts): Panel {
  const { clock, random } = parts;
  const state = createViewState();
  const route = createRouteModel({ read: parts.memory.read, write: remember }, parts.origin ?? null);
  const link = createPanelLink(parts, { snapshot: receiveSnapshot, patches: receivePatches });
  const drafts = createDraftsModel({ send: tellDraft, frame: parts.frame });
  const { painted } = parts;
  const outbox = createOutboxModel({
    state,
    clock,
    random,
    painted,
    send: link.send,
    giveBack: drafts.giveBack,
  });
  const thread = createThreadModel({ state, route, outbox, link, painted });
  const places: Places = new Map();
  const strip = createStripModel(state.link, clock);
  const now = signal(clock.now());

  const openKey = () => thread.key.peek();

  /** As long as the session is not known there is nothing to come back to. */
  function remember(key: ConversationKey | null): void {
    const site = state.site.peek() ?? parts;
    if (site.siteId && site.sessionId) parts.memory.write(site.siteId, key, site.sessionId);
  }

  /** A message that goes ends the draft in the background, so it has to go before the next draft is told. */
  function tellDraft(command: SessionCommand): void {
    outbox.flush();
    void link.send(command);
  }

  function flush(): void {
    outbox.flush();
    drafts.flush();
  }

  function show(change: () => void): void {
    flush();
    batch(() => {
      change();
      state.leaveWindow(openKey());
      outbox.clearNotice();
      thread.opened();
    });
    link.open(openKey());
  }

  function mapKey(from: ConversationKey, to: ConversationKey): void {
    route.mapKey(from, to);
    const place = places.get(from);
    if (place) places.set(to, place);
    places.delete(from);
    drafts.mapKey(from, to);
    outbox.mapKey(from, to);
  }

  function receiveSnapshot(snapshot: Snapshot, current: boolean): void {
    const isFirst = state.site.peek() === null;
    batch(() => {
      const from = openKey();
      const to = snapshot.window?.conversationKey;
      state.applySnapshot(snapshot, current);
      // A conversation that was started here may have got the server's key while the port was lost.
      if (current && from !== null && idOf(from) === null && to !== undefined && from !== to)
        mapKey(from, to);
      drafts.receiveAll(snapshot.drafts);
      outbox.settleAll();
    });
    if (isFirst) remember(openKey());
  }

  function receivePatches(patches: readonly Patch[]): void {
    batch(() => {
      for (const patch of patches) {
        state.applyPatch(patch);
        if (patch.type === 'draft.changed') drafts.receive(patch.conversationKey, patch.text);
        if (patch.type !== 'conversation.mapped') continue;
        const [from, to] = [patch.localConversationId, String(patch.conversationId)];
        const wasOpen = openKey() === from;
        mapKey(from, to);
        if (wasOpen) link.open(to);
      }
      outbox.settle();
    });
  }

  let timer: TimerId;
  const tick = () => {
    now.value = clock.now();
    timer = clock.setTimeout(tick, minute / 2);
  };
  tick();
  link.open(openKey());

  return {
    state,
    route,
    list: createListModel(state, outbox, drafts),
    thread,
    outbox,
    drafts,
    strip,
    filling: new Map(),
    places,
    clock,
    now,
    openConversation: (key) => show(() => route.open(key)),
    openDetails: () => show(route.openDetails),
    newConversation: () => show(() => route.open(random.uuid())),
    startAnew(from) {
      const key = random.uuid();
      const text = drafts.texts.peek().get(from) ?? '';
      drafts.change(key, text);
      drafts.change(from, '');
      show(() => route.open(key));
    },
    retry(echoId) {
      const isGone = state.outbox.peek().get(echoId)?.failure === 'gone';
      flush();
      outbox.retry(echoId);
      // The background names the new conversation after the message.
      if (isGone) show(() => route.open(echoId));
    },
    back: () => show(route.back),
    forward: () => show(route.forward),
    sendDraft(key) {
      const text = (drafts.texts.peek().get(key) ?? '').trim();
      if (text === '' || countCharacters(text) > maxMessageLength) return;
      batch(() => {
        void outbox.send(key, text);
        drafts.sent(key);
      });
    },
    flush,
    send: link.send,
    showSite: parts.showSite,
    showSession: parts.showSession,
    visible(isVisible) {
      thread.visible(isVisible);
      link.visible(isVisible);
    },
    retryLink() {
      strip.asked();
      void link.send({ type: 'link.retry' });
    },
    stop() {
      clock.clearTimeout(timer);
      strip.stop();
      thread.stop();
      link.stop();
    },
  };
}
