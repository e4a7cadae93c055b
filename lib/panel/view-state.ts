// The panel's copy of what the background published: one signal per thing, replaced, never changed in place.
// Applies snapshots and patches; decides nothing and sends nothing.
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { AvailabilityView, ConversationKey, LinkView } from '@/lib/core/types';
import type {
  ContactView,
  ConversationView,
  MessageView,
  OtherSite,
  OutboxView,
  PastView,
  Patch,
  SiteView,
  Snapshot,
  WindowView,
} from '@/lib/messaging/view-updates';
import { mergeMessages, reuse, windowAfter } from './message-window';

/** What the views read. */
export interface ViewState {
  /** Null until the first snapshot. */
  site: ReadonlySignal<SiteView | null>;
  /** Null until the first snapshot. */
  contact: ReadonlySignal<ContactView | null>;
  /** Null until the first snapshot. */
  past: ReadonlySignal<PastView | null>;
  others: ReadonlySignal<readonly OtherSite[]>;
  listed: ReadonlySignal<boolean>;
  conversations: ReadonlySignal<ReadonlyMap<number, ConversationView>>;
  outbox: ReadonlySignal<ReadonlyMap<string, OutboxView>>;
  link: ReadonlySignal<LinkView>;
  availability: ReadonlySignal<AvailabilityView>;
  window: ReadonlySignal<WindowView | null>;
  typing: ReadonlySignal<ReadonlyMap<number, readonly string[]>>;
}

export interface WritableViewState extends ViewState {
  applySnapshot(snapshot: Snapshot, withWindow: boolean): void;
  applyPatch(patch: Patch): void;
  /** The route changed: the window of the former conversation is not shown any more. */
  leaveWindow(key: ConversationKey | null): void;
}

const noLink: LinkView = { name: 'idle', since: 0, nextTryAt: null };
const nothingTold: AvailabilityView = { name: 'unknown', opensAt: null, onlineIds: [] };

/** Empty until the first snapshot. */
export function createViewState(): WritableViewState {
  const site = signal<SiteView | null>(null);
  const contact = signal<ContactView | null>(null);
  const past = signal<PastView | null>(null);
  const others = signal<readonly OtherSite[]>([]);
  const listed = signal(false);
  const conversations = signal<ReadonlyMap<number, ConversationView>>(new Map());
  const outbox = signal<ReadonlyMap<string, OutboxView>>(new Map());
  const link = signal<LinkView>(noLink);
  const availability = signal<AvailabilityView>(nothingTold);
  const window = signal<WindowView | null>(null);
  const typing = signal<ReadonlyMap<number, readonly string[]>>(new Map());

  function changeWindow(conversationId: number, change: (old: WindowView) => WindowView): void {
    const old = window.value;
    if (old?.conversationKey === String(conversationId)) window.value = change(old);
  }

  function applySnapshot(snapshot: Snapshot, withWindow: boolean): void {
    batch(() => {
      site.value = reuse(site.value, snapshot.site);
      contact.value = reuse(contact.value, snapshot.contact);
      past.value = reuse(past.value, snapshot.past);
      others.value = snapshot.others;
      listed.value = snapshot.listed;
      conversations.value = mapOf(snapshot.conversations, (each) => each.id, conversations.value);
      outbox.value = mapOf(snapshot.outbox, (each) => each.echoId, outbox.value);
      link.value = snapshot.link;
      availability.value = snapshot.availability;
      typing.value = new Map(Object.entries(snapshot.typing).map(([id, names]) => [Number(id), names]));
      if (withWindow) window.value = windowAfter(window.value, snapshot.window);
    });
  }

  function applyPatch(patch: Patch): void {
    switch (patch.type) {
      case 'conversation.changed':
        conversations.value = withEntry(conversations.value, patch.conversation.id, patch.conversation);
        break;
      case 'conversation.removed':
        conversations.value = withoutEntry(conversations.value, patch.conversationId);
        break;
      case 'conversation.mapped':
        mapKeys(patch.localConversationId, String(patch.conversationId));
        break;
      case 'messages.changed':
        changeWindow(patch.conversationId, (old) => ({
          ...old,
          messages: mergeMessages(old.messages, patch.messages as MessageView[]),
        }));
        break;
      case 'older.changed':
        changeWindow(patch.conversationId, (old) => ({
          ...old,
          hasOlder: patch.hasOlder,
          loadingOlder: patch.loadingOlder,
        }));
        break;
      case 'outbox.changed':
        outbox.value = withEntry(outbox.value, patch.entry.echoId, patch.entry);
        break;
      case 'outbox.removed':
        outbox.value = withoutEntry(outbox.value, patch.echoId);
        break;
      case 'link.changed':
        link.value = patch.link;
        break;
      case 'availability.changed':
        availability.value = patch.availability;
        break;
      case 'typing.changed':
        typing.value = withEntry(typing.value, patch.conversationId, patch.names);
        break;
      case 'listed.changed':
        listed.value = patch.listed;
        break;
      case 'others.changed':
        others.value = patch.others;
        break;
      case 'contact.changed':
        contact.value = patch.contact;
        break;
      case 'past.changed':
        past.value = patch.past;
        break;
    }
  }

  function mapKeys(from: ConversationKey, to: ConversationKey): void {
    const moved = [...outbox.value].map(([echoId, entry]): [string, OutboxView] => [
      echoId,
      entry.conversationKey === from ? { ...entry, conversationKey: to } : entry,
    ]);
    outbox.value = new Map(moved);
    if (window.value?.conversationKey === from) window.value = { ...window.value, conversationKey: to };
  }

  function leaveWindow(key: ConversationKey | null): void {
    if (window.value?.conversationKey !== key) window.value = null;
  }

  return {
    site,
    contact,
    past,
    others,
    listed,
    conversations,
    outbox,
    link,
    availability,
    window,
    typing,
    applySnapshot,
    applyPatch,
    leaveWindow,
  };
}

function mapOf<K, T>(values: readonly T[], keyOf: (value: T) => K, old: ReadonlyMap<K, T>): Map<K, T> {
  return new Map(values.map((value) => [keyOf(value), reuse(old.get(keyOf(value)), value)]));
}

function withEntry<K, T>(map: ReadonlyMap<K, T>, key: K, value: T): Map<K, T> {
  return new Map(map).set(key, value);
}

function withoutEntry<K, T>(map: ReadonlyMap<K, T>, key: K): Map<K, T> {
  const next = new Map(map);
  next.delete(key);
  return next;
}
