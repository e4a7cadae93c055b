// What is kept in memory of a conversation: who answers, its newest message, what is unread, its status.
import { plainWords } from './plain-words';
import type { ConversationFrame, ServerConversation } from './server-types';
import { type Turn, without } from './turn';
import type { Author, Conversation, ConversationStatus, EpochMs, Message, Preview } from './types';

const previewLength = 160;
const unreadLimit = 100;

function newConversation(id: number, status: ConversationStatus, at: EpochMs): Conversation {
  return {
    id,
    status,
    resolvedHere: false,
    version: 0,
    changedAt: at,
    party: null,
    assignee: null,
    preview: null,
    newestId: 0,
    unread: [],
    readUpTo: 0,
    toldUpTo: 0,
    contactLastSeenAt: 0,
    agentLastSeenAt: 0,
  };
}

function previewOf(message: Message): Preview {
  // The words of others are CommonMark, those of the contact are what they wrote.
  const [file] = message.attachments;
  const words = message.author.kind === 'contact' ? message.text : plainWords(message.text);
  return {
    messageId: message.id,
    authorKind: message.author.kind,
    text: words.slice(0, previewLength),
    file: file ? { kind: file.kind, name: file.name?.slice(0, previewLength) ?? null } : null,
    createdAt: message.createdAt,
  };
}

function isUnread(conversation: Conversation, message: Message, isFirstHeard: boolean): boolean {
  const { unread, readUpTo, toldUpTo, contactLastSeenAt } = conversation;
  return (
    message.author.kind !== 'contact' &&
    !message.deleted &&
    message.status !== 'read' &&
    message.id > toldUpTo &&
    // One that comes late was not on screen when a later one was read.
    (isFirstHeard || unread.includes(message.id) || message.id > readUpTo) &&
    // Both are whole seconds: within the same one it may have come after.
    message.createdAt >= contactLastSeenAt
  );
}

function speaks({ author }: Message): boolean {
  return author.kind !== 'contact' && author.kind !== 'none';
}

/** The summary after a message came or changed. Idempotent: the same message twice changes nothing. */
function withMessage(conversation: Conversation, message: Message, isFirstHeard: boolean): Conversation {
  const { preview } = conversation;
  const newer =
    !preview ||
    message.createdAt > preview.createdAt ||
    (message.createdAt === preview.createdAt && message.id >= preview.messageId);
  const knownUnread = conversation.unread.includes(message.id);
  let { unread } = conversation;
  if (isUnread(conversation, message, isFirstHeard)) {
    if (!knownUnread) unread = [...unread, message.id].sort((a, b) => a - b).slice(-unreadLimit);
  } else if (knownUnread) {
    unread = unread.filter((id) => id !== message.id);
  }
  return {
    ...conversation,
    unread,
    newestId: Math.max(conversation.newestId, message.id),
    // Deleted words must not stay on in the list.
    preview: newer && (!message.deleted || message.id === preview?.messageId) ? previewOf(message) : preview,
    // What is told again of the newest message takes nobody's place who was named since.
    party:
      newer && message.id !== preview?.messageId && speaks(message) ? message.author : conversation.party,
  };
}

/** Takes messages into the summary of their conversation, which is made if it was not known. */
export function noteMessages(turn: Turn, conversationId: number, messages: readonly Message[]): void {
  if (messages.length === 0) return;
  const known = turn.state.conversations[conversationId];
  const before = known ?? newConversation(conversationId, 'open', turn.at);
  const noted = messages.reduce(
    (conversation, message) => withMessage(conversation, message, turn.firstHeard.has(message.id)),
    before,
  );
  // Older pages tell who answers only where nobody newer did.
  const after = { ...noted, party: noted.party ?? messages.findLast(speaks)?.author ?? null };
  if (!known || JSON.stringify(after) !== JSON.stringify(before)) turn.setConversation(after);
}

function withStatus(conversation: Conversation, status: ConversationStatus): Conversation {
  return { ...conversation, status, resolvedHere: conversation.resolvedHere && status === 'resolved' };
}

/** Takes in a frame about a conversation (contract §6.3); older versions than the known one are ignored. */
export function noteConversationFrame(turn: Turn, frame: ConversationFrame): void {
  const known = turn.state.conversations[frame.id] ?? newConversation(frame.id, frame.status, turn.at);
  if (frame.version < known.version) return;
  turn.setConversation(
    seen(
      {
        ...withStatus(known, frame.status),
        version: frame.version,
        changedAt: turn.at,
        ...assigned(known, frame.assignee),
      },
      frame.contactLastSeenAt,
      frame.agentLastSeenAt,
    ),
  );
}

/** Who takes it over is who answers from then on, as far as anybody knows. */
function assigned(known: Conversation, to: Author | null): Pick<Conversation, 'assignee' | 'party'> {
  const assignee = to && `${to.kind}/${to.id}`;
  return { assignee, party: assignee === known.assignee ? (known.party ?? to) : (to ?? known.party) };
}

/** Takes in when either side looked last, as far as that is news of a conversation that is known. */
export function noteSeen(
  turn: Turn,
  news: Pick<Conversation, 'contactLastSeenAt' | 'agentLastSeenAt'> & { conversationId: number },
): void {
  const known = turn.state.conversations[news.conversationId];
  if (!known) return;
  const { contactLastSeenAt, agentLastSeenAt } = news;
  if (contactLastSeenAt > known.contactLastSeenAt || agentLastSeenAt > known.agentLastSeenAt)
    turn.setConversation(seen(known, contactLastSeenAt, agentLastSeenAt));
}

/** Seen-times only move forward; what the contact saw elsewhere is no longer unread here. */
function seen(conversation: Conversation, contactAt: EpochMs, agentAt: EpochMs): Conversation {
  // News of an earlier look must not hide what came after it.
  const sawAll =
    contactAt > conversation.contactLastSeenAt && contactAt > (conversation.preview?.createdAt ?? 0);
  return {
    ...conversation,
    contactLastSeenAt: Math.max(contactAt, conversation.contactLastSeenAt),
    agentLastSeenAt: Math.max(agentAt, conversation.agentLastSeenAt),
    unread: sawAll ? [] : conversation.unread,
  };
}

/**
 * Takes in a conversation as HTTP tells it (contract §4.2), without its messages. Its status is not believed
 * when a frame changed the conversation after the request was sent.
 */
export function noteServerConversation(turn: Turn, server: ServerConversation, requestedAt: EpochMs): void {
  const known = turn.state.conversations[server.id];
  const base = known ?? newConversation(server.id, server.status, turn.at);
  const stale = known !== undefined && known.version > 0 && known.changedAt >= requestedAt;
  const next = seen(
    stale ? base : withStatus(base, server.status),
    server.contactLastSeenAt,
    server.agentLastSeenAt,
  );
  if (!known || JSON.stringify(known) !== JSON.stringify(next)) turn.setConversation(next);
}

/** Forgets a conversation that the server no longer has. Words waiting in its outbox or draft stay. */
export function removeConversation(turn: Turn, id: number): void {
  const { state } = turn;
  turn.set({
    conversations: without(state.conversations, id),
    syncedTo: without(state.syncedTo, id),
    typing: without(state.typing, id),
    windows: state.windows[id]
      ? { ...state.windows, [id]: { messages: [], hasOlder: false, loadingOlder: false } }
      : state.windows,
  });
}
