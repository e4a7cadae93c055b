// What has happened: commands of a panel, frames of the cable, answers of the server, time. Past tense, plain JSON.
import type { Answer } from './content';
import type { InboxHours } from './hours';
import type { ContactRecord, ConversationFrame, Failure, Presence, ServerConversation } from './server-types';
import type { Author, CableName, ConversationKey, EpochMs, Identity, Message } from './types';

export type Event =
  | { type: 'background.started' }
  | { type: 'time.passed' }
  /** Stored messages are gone, or some of them cannot be read. */
  | { type: 'history.lost' }
  /** The computer's clock was set, or stood still in its sleep: times taken before mean little now. */
  | { type: 'clock.changed' }
  | { type: 'online.changed'; online: boolean }
  | { type: 'window.focused'; windowId: number | null }
  // panels
  | { type: 'view.opened'; viewId: string; windowId: number | null; conversationKey: ConversationKey | null }
  | { type: 'view.closed'; viewId: string }
  | { type: 'view.seen'; viewId: string; messageId: number | null }
  | { type: 'view.visible'; viewId: string; visible: boolean }
  | { type: 'message.submitted'; echoId: string; conversationKey: ConversationKey; text: string }
  /** `mayMerge`: an e-mail address may join the contact with whoever has it (contract §3.4), and the person knows. */
  | {
      type: 'answer.submitted';
      echoId: string;
      conversationId: number;
      messageId: number;
      answer: Answer;
      mayMerge: boolean;
    }
  | { type: 'resolve.asked'; echoId: string; conversationId: number }
  | { type: 'message.retried'; echoId: string }
  | { type: 'message.discarded'; echoId: string }
  | { type: 'draft.changed'; conversationKey: ConversationKey; text: string }
  | { type: 'older.requested'; conversationId: number }
  | { type: 'link.retried' }
  | {
      type: 'contact.changeAsked';
      changes: { name?: string | undefined; email?: string | undefined; phoneNumber?: string | undefined };
      mayMerge: boolean;
    }
  // who is asking
  /** `tellAt`: the server is not told before this time; `sourceId`: a new uuid. */
  | { type: 'identity.given'; identity: Identity; sourceId: string; tellAt: EpochMs }
  | { type: 'attributes.given'; attributes: Identity['customAttributes'] }
  | { type: 'session.ended'; at: EpochMs }
  | { type: 'session.resumed' }
  // the cable
  /** `attempt`: the tries that failed in a row. */
  | { type: 'cable.changed'; cable: CableName; attempt: number; nextTryAt: EpochMs | null }
  | { type: 'cable.silent' }
  | { type: 'frame.message'; message: Message }
  | { type: 'frame.conversation'; conversation: ConversationFrame }
  /** With it come the times at which either side looked last (contract §6.4). */
  | {
      type: 'frame.typing';
      conversationId: number;
      author: Author;
      on: boolean;
      contactLastSeenAt: EpochMs;
      agentLastSeenAt: EpochMs;
    }
  /** Agents by id; who is missing is offline. */
  | { type: 'frame.presence'; users: Record<string, Presence> }
  // answers; `requestedAt` is when the request was sent
  | ({ type: 'contact.received'; pubsubToken: string } & ContactRecord)
  | { type: 'contact.failed'; failure: Failure }
  /** The server knows the inbox but not the contact session. `sourceId`: a new uuid, under which to begin anew. */
  | { type: 'contact.gone'; sourceId: string }
  | { type: 'inbox.missing' }
  /** `identity` is what was told. */
  | ({ type: 'contact.identified'; identity: Identity } & ContactRecord)
  | { type: 'contact.identifyFailed'; failure: Failure }
  | ({ type: 'contact.changed' } & ContactRecord)
  | { type: 'contact.changeFailed'; failure: Failure }
  /** `purpose`: what it was asked for. */
  | {
      type: 'inbox.received';
      purpose: 'cause' | 'hours';
      identityRequired: boolean;
      hours: InboxHours | null;
    }
  | { type: 'inbox.failed'; purpose: 'cause' | 'hours'; failure: Failure }
  | {
      type: 'conversations.listed';
      conversations: ServerConversation[];
      etag: string | null;
      /** Others could not be read. */
      partial?: true;
      requestedAt: EpochMs;
    }
  | { type: 'conversations.unchanged' }
  | { type: 'conversations.failed'; failure: Failure }
  | {
      type: 'conversation.received';
      localConversationId: string;
      conversation: ServerConversation;
      requestedAt: EpochMs;
    }
  | { type: 'conversation.failed'; localConversationId: string; failure: Failure }
  | {
      type: 'messages.listed';
      purpose: 'gap' | 'older';
      conversationId: number;
      /** The messages before this id were asked for; null: the newest. */
      asked: number | null;
      messages: Message[];
      /** Smallest id of the page, items that could not be read included; null when the page was empty. */
      before: number | null;
      /** The page was shorter than a full one: nothing is older. */
      complete: boolean;
      requestedAt: EpochMs;
    }
  | {
      type: 'messages.failed';
      purpose: 'gap' | 'older';
      conversationId: number;
      asked: number | null;
      failure: Failure;
    }
  | { type: 'message.posted'; echoId: string; message: Message; requestedAt: EpochMs }
  | { type: 'answer.stored'; echoId: string; message: Message; requestedAt: EpochMs }
  | {
      type: 'conversation.resolved';
      echoId: string;
      conversation: ServerConversation;
      requestedAt: EpochMs;
    }
  /** The server was told what was read; `failure` is null where it has taken it. */
  | { type: 'lastSeen.told'; conversationId: number; upTo: number; failure: Failure | null }
  | { type: 'typing.told'; on: boolean; failure: Failure | null }
  /** Of a message or any other act. */
  | { type: 'message.failed'; echoId: string; failure: Failure };

export type EventOf<T extends Event['type']> = Extract<Event, { type: T }>;
