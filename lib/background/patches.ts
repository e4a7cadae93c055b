// What a panel is told: the snapshot of a state, and the patches between two states. Pure. Leaves out every secret.
import { availabilityOf } from '@/lib/core/availability';
import { linkView } from '@/lib/core/link';
import { entriesOf } from '@/lib/core/settle';
import type { State } from '@/lib/core/state';
import {
  type Conversation,
  type ConversationKey,
  type EpochMs,
  idOf,
  type Message,
  type OutboxEntry,
} from '@/lib/core/types';
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
} from '@/lib/messaging/view-updates';

function conversationView(conversation: Conversation): ConversationView {
  const { id, status, resolvedHere, party, preview, unread, agentLastSeenAt } = conversation;
  return { id, status, resolvedHere, party, preview, unread, agentLastSeenAt };
}

function messageView(message: Message): MessageView {
  const { id, conversationId, author, text, content, answer, quotedId, translations } = message;
  const { attachments, createdAt, status, deleted, echoId } = message;
  return {
    id,
    conversationId,
    author,
    text,
    content,
    answer,
    quotedId,
    translations,
    attachments,
    createdAt,
    status,
    deleted,
    echoId,
  };
}

function outboxView(entry: OutboxEntry): OutboxView {
  const { echoId, conversationKey, act, text, status, sequence, queuedAt, baselineId, failure } = entry;
  return { echoId, conversationKey, act, text, status, sequence, queuedAt, baselineId, failure };
}

function typingNames(state: State, conversationId: number): string[] {
  return (state.typing[conversationId] ?? []).map(({ author }) => author.name);
}

function contactView({ session, sync }: State): ContactView {
  const { name, email, phoneNumber, identity, proven } = session;
  const { change } = sync;
  return {
    name,
    email,
    phoneNumber,
    kind: identity === null ? 'anonymous' : proven ? 'proven' : 'claimed',
    change: change.state === 'failed' ? change : { state: change.state },
  };
}

/** What a panel shows of a session's surroundings, which are not the session's own. */
export interface Around {
  others: OtherSite[];
  past: PastView;
}

/** Everything that a panel shows which stands at `conversationKey` (null: the list). */
export function snapshotOf(
  state: State,
  site: Omit<SiteView, 'sessionId'>,
  around: Around,
  conversationKey: ConversationKey | null,
  at: EpochMs,
): Snapshot {
  const id = conversationKey === null ? null : idOf(conversationKey);
  const window = id === null ? undefined : state.windows[id];
  return {
    site: { ...site, sessionId: state.session.id },
    contact: contactView(state),
    ...around,
    listed: state.sync.listed,
    conversations: Object.values(state.conversations).map(conversationView),
    outbox: entriesOf(state.outbox).map(outboxView),
    drafts: Object.fromEntries(Object.entries(state.drafts).map(([key, { text }]) => [key, text])),
    link: linkView(state, at),
    availability: availabilityOf(state, at),
    window:
      conversationKey === null
        ? null
        : {
            conversationKey,
            messages: window?.messages.map(messageView) ?? [],
            hasOlder: window?.hasOlder ?? false,
            loadingOlder: window?.loadingOlder ?? false,
          },
    typing: Object.fromEntries(
      Object.keys(state.typing).map((key) => [key, typingNames(state, Number(key))]),
    ),
  };
}

/** The values that are new or another object than before, and the keys that are gone. */
function changes<T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>) {
  if (before === after) return { changed: [], removed: [] };
  const changed = Object.entries(after).filter(([key, value]) => before[key] !== value);
  const removed = Object.keys(before).filter((key) => !(key in after));
  return { changed, removed };
}

/** What changed for every panel, whatever it shows. Link and availability are left to the caller: they depend on the clock. */
export function commonPatches(before: State, after: State): Patch[] {
  const patches: Patch[] = [];
  for (const [, creation] of changes(before.creations, after.creations).changed) {
    const { localConversationId, conversationId } = creation;
    if (conversationId === null || before.creations[localConversationId]?.conversationId) continue;
    patches.push({ type: 'conversation.mapped', localConversationId, conversationId });
  }
  const conversations = changes(before.conversations, after.conversations);
  for (const [, conversation] of conversations.changed) {
    patches.push({ type: 'conversation.changed', conversation: conversationView(conversation) });
  }
  for (const id of conversations.removed) {
    patches.push({ type: 'conversation.removed', conversationId: Number(id) });
  }
  const outbox = changes(before.outbox, after.outbox);
  for (const [, entry] of outbox.changed) patches.push({ type: 'outbox.changed', entry: outboxView(entry) });
  for (const echoId of outbox.removed) patches.push({ type: 'outbox.removed', echoId });
  const drafts = changes(before.drafts, after.drafts);
  for (const [key, { text }] of drafts.changed) {
    if (before.drafts[key]?.text !== text)
      patches.push({ type: 'draft.changed', conversationKey: key, text });
  }
  for (const key of drafts.removed) {
    if (before.drafts[key]?.text) patches.push({ type: 'draft.changed', conversationKey: key, text: '' });
  }
  const typing = changes(before.typing, after.typing);
  for (const key of [...typing.changed.map(([id]) => id), ...typing.removed]) {
    const conversationId = Number(key);
    patches.push({ type: 'typing.changed', conversationId, names: typingNames(after, conversationId) });
  }
  if (before.session !== after.session || before.sync.change !== after.sync.change) {
    const contact = contactView(after);
    if (JSON.stringify(contact) !== JSON.stringify(contactView(before)))
      patches.push({ type: 'contact.changed', contact });
  }
  if (before.sync.listed !== after.sync.listed) {
    patches.push({ type: 'listed.changed', listed: after.sync.listed });
  }
  return patches;
}

/** What changed in one conversation's window. A message is named alone, never its whole list. */
export function windowPatches(before: State, after: State, conversationId: number): Patch[] {
  const was = before.windows[conversationId];
  const is = after.windows[conversationId];
  if (!is || was === is) return [];
  const patches: Patch[] = [];
  if (was?.messages !== is.messages) {
    const known = new Set(was?.messages);
    const messages = is.messages.filter((message) => !known.has(message)).map(messageView);
    if (messages.length > 0) patches.push({ type: 'messages.changed', conversationId, messages });
  }
  const { hasOlder, loadingOlder } = is;
  if (was?.hasOlder !== hasOlder || was.loadingOlder !== loadingOlder) {
    patches.push({ type: 'older.changed', conversationId, hasOlder, loadingOlder });
  }
  return patches;
}
