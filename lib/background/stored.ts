// The shapes of the records in chrome.storage, checked when they are read: what does not fit is set aside, never fatal.
import type { FormerSession, SiteSessions } from '@/lib/core/asking';
import type {
  Answer,
  Article,
  Card,
  CardAction,
  FormField,
  MessageContent,
  Option,
} from '@/lib/core/content';
import { isDay, isTimeZone, type WorkingHours } from '@/lib/core/hours';
import type {
  Act,
  Attachment,
  AuthorKind,
  Conversation,
  ConversationStatus,
  Creation,
  Draft,
  FailureReason,
  Identity,
  Inbox,
  Message,
  MessageStatus,
  OutboxEntry,
  OutboxStatus,
  Preview,
  RefusalReason,
  Session,
} from '@/lib/core/types';

type Test = (value: unknown) => boolean;
type Shape<T> = { [K in keyof T]-?: Test };

const string: Test = (value) => typeof value === 'string';
const number: Test = (value) => Number.isFinite(value);
/** An id of the server. */
const id: Test = (value) => Number.isSafeInteger(value) && (value as number) > 0;
/** Epoch milliseconds that a Date can hold; 0 is never. */
const time: Test = (value) => number(value) && (value as number) >= 0 && (value as number) <= 8.64e15;
const boolean: Test = (value) => typeof value === 'boolean';
const object: Test = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const orNull =
  (test: Test): Test =>
  (value) =>
    value === null || test(value);
const listOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test);
/** One of the words that are the keys here. */
const oneOf =
  <Words extends string>(words: Record<Words, true>): Test =>
  (value) =>
    typeof value === 'string' && Object.hasOwn(words, value);
const fitting =
  <T>(shape: Shape<T>): Test =>
  (value) =>
    object(value) &&
    Object.entries<Test>(shape).every(([key, test]) => test((value as Record<string, unknown>)[key]));

/** An object whose values all pass. */
const mapOf =
  (test: Test): Test =>
  (value) =>
    object(value) && Object.values(value as object).every(test);
/** A thing of one of several kinds, each with a shape of its own. */
const kinds =
  <T extends { kind: string }>(
    shapes: { [K in T['kind']]: Shape<Omit<Extract<T, { kind: K }>, 'kind'>> },
  ): Test =>
  (value) => {
    if (!object(value)) return false;
    const { kind } = value as T;
    // An object in its place may break at being made a key.
    return string(kind) && Object.hasOwn(shapes, kind) && fitting<unknown>(shapes[kind as T['kind']])(value);
  };

const option = fitting<Option>({ title: string, value: string });
const answer = kinds<Answer>({
  option: { option },
  fields: { fields: listOf(fitting<{ name: string; value: string }>({ name: string, value: string })) },
  email: { email: string },
  rating: { rating: (value) => [1, 2, 3, 4, 5].includes(value as number), comment: string },
});
const content = kinds<MessageContent>({
  plain: {},
  options: { options: listOf(option) },
  cards: {
    cards: listOf(
      fitting<Card>({
        title: string,
        text: string,
        imageUrl: orNull(string),
        actions: listOf(fitting<CardAction>({ label: string, url: orNull(string) })),
      }),
    ),
  },
  form: {
    fields: listOf(
      fitting<FormField>({
        name: string,
        kind: oneOf<FormField['kind']>({ text: true, textArea: true, email: true, select: true }),
        label: string,
        placeholder: string,
        initial: string,
        required: boolean,
        pattern: orNull(string),
        patternHint: orNull(string),
        options: listOf(option),
      }),
    ),
    buttonLabel: orNull(string),
  },
  articles: { articles: listOf(fitting<Article>({ title: string, text: string, url: orNull(string) })) },
  email: {},
  rating: { scale: oneOf({ faces: true, stars: true }) },
});
const act = kinds<Act>({ message: {}, answer: { messageId: id, answer }, resolve: {} });

const attachmentKind = oneOf<Attachment['kind']>({
  image: true,
  audio: true,
  video: true,
  file: true,
  other: true,
});
const authorKind = oneOf<AuthorKind>({ contact: true, agent: true, bot: true, assistant: true, none: true });
const author = fitting<Message['author']>({
  kind: authorKind,
  id: orNull(number),
  name: string,
  avatarUrl: orNull(string),
});
const conversation: Shape<Conversation> = {
  id: id,
  status: oneOf<ConversationStatus>({ open: true, resolved: true, pending: true, snoozed: true }),
  resolvedHere: boolean,
  version: number,
  changedAt: time,
  party: orNull(author),
  assignee: orNull(string),
  preview: orNull(
    fitting<NonNullable<Conversation['preview']>>({
      messageId: id,
      authorKind,
      text: string,
      file: orNull(fitting<NonNullable<Preview['file']>>({ kind: attachmentKind, name: orNull(string) })),
      createdAt: time,
    }),
  ),
  newestId: number,
  unread: listOf(id),
  readUpTo: number,
  toldUpTo: number,
  contactLastSeenAt: time,
  agentLastSeenAt: time,
};
const entry: Shape<OutboxEntry> = {
  echoId: string,
  conversationKey: string,
  act,
  text: string,
  status: oneOf<OutboxStatus>({ queued: true, sending: true, uncertain: true, failed: true, held: true }),
  sequence: number,
  queuedAt: time,
  attempts: number,
  attemptedAt: orNull(time),
  dueAt: time,
  baselineId: number,
  failure: orNull(oneOf<FailureReason>({ refused: true, tooLong: true, tooLarge: true, gone: true })),
};
const creation: Shape<Creation> = {
  localConversationId: string,
  phase: oneOf<Creation['phase']>({ wanted: true, creating: true, uncertain: true, created: true }),
  baselineId: number,
  attempts: number,
  attemptedAt: orNull(time),
  dueAt: time,
  conversationId: orNull(id),
};
const draft: Shape<Draft> = { text: string, changedAt: time, saved: boolean };
const message: Shape<Message> = {
  id: id,
  conversationId: id,
  author,
  text: string,
  content,
  answer: orNull(answer),
  quotedId: orNull(id),
  translations: mapOf(string),
  attachments: listOf(
    fitting<Attachment>({
      id,
      kind: attachmentKind,
      url: orNull(string),
      name: orNull(string),
      size: orNull(number),
      dimensions: orNull(fitting<NonNullable<Attachment['dimensions']>>({ width: number, height: number })),
      transcript: orNull(string),
    }),
  ),
  createdAt: time,
  updatedAt: orNull(number),
  status: orNull(oneOf<MessageStatus>({ sent: true, delivered: true, read: true, failed: true })),
  deleted: boolean,
  echoId: orNull(string),
  changedAt: orNull(number),
};

function reader<T>(shape: Shape<T>): (value: unknown) => T | null {
  const fits = fitting(shape);
  return (value) => (fits(value) ? (value as T) : null);
}

const identity = fitting<Identity>({
  identifier: string,
  hash: orNull(string),
  name: orNull(string),
  email: orNull(string),
  phoneNumber: orNull(string),
  avatarUrl: orNull(string),
  customAttributes: object,
});
const session: Shape<Session> = {
  id: string,
  siteId: string,
  sourceId: string,
  pubsubToken: orNull(string),
  contactId: orNull(id),
  name: orNull(string),
  email: orNull(string),
  phoneNumber: orNull(string),
  identity: orNull(identity),
  told: boolean,
  tellAt: time,
  proven: boolean,
  refusal: orNull(
    fitting<NonNullable<Session['refusal']>>({
      reason: oneOf<RefusalReason>({ signedOut: true, identityRefused: true }),
      at: time,
    }),
  ),
  endedAt: orNull(time),
  createdAt: time,
  listEtag: orNull(string),
  polledAt: time,
  cableAttempt: number,
  typingIn: orNull(id),
};

const dayHours: Test = (value) =>
  fitting({ opens: number, closes: number })(value) && isDay(value as { opens: number; closes: number });
const weekly = fitting<WorkingHours>({
  timeZone: (value) => typeof value === 'string' && isTimeZone(value),
  days: (value) => listOf(orNull(dayHours))(value) && (value as unknown[]).length === 7,
});
const inbox: Shape<Inbox> = {
  hours: orNull((value) => value === 'always' || weekly(value)),
  heardAt: time,
};

const siteSessions: Shape<SiteSessions> = {
  own: string,
  earlier: orNull(string),
  former: listOf(fitting<FormerSession>({ sessionId: string, endedAt: time, of: orNull(string) })),
};

/**
 * What of a session can be read, as long as it says whose it is: without the source id it begins anew at the server,
 * and what is stored beside it stays.
 */
export function salvageSession(value: unknown, fresh: Session): Session | null {
  if (!object(value)) return null;
  const found = value as Session;
  if (found.siteId !== fresh.siteId) return null;
  // Whose it is, or whether it may be shown, cannot be read: it must not pass for nobody's.
  if (!isReadable(orNull(identity), found.identity) || !isReadable(orNull(time), found.endedAt)) return null;
  const { identity: known = null, endedAt = null } = found;
  if (!string(found.sourceId)) return { ...fresh, identity: known, told: known === null, endedAt };
  const parts = Object.entries<Test>(session).map(([key, test]) => {
    const name = key as keyof Session;
    return [name, test(found[name]) ? found[name] : fresh[name]];
  });
  return Object.fromEntries(parts) as unknown as Session;
}

function isReadable(test: Test, value: unknown): boolean {
  return value === undefined || test(value);
}

/** Each answers the record, or null when the stored value does not have its shape. */
export const readSession = reader(session);
export const readSiteSessions = reader(siteSessions);
export const readInbox = reader(inbox);
export const readConversation = reader(conversation);
export const readEntry = reader(entry);
export const readCreation = reader(creation);
export const readDraft = reader(draft);
export const readMessage = reader(message);
