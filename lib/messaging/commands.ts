// What may be asked of the background: one map of commands with their answers, and the messages on the panel's port.
import * as v from 'valibot';

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const key = v.pipe(v.string(), v.regex(/^(\d{1,16}|[0-9a-f-]{36})$/));
const echoId = v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/));
const id = v.pipe(v.number(), v.integer(), v.minValue(1));
const siteId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/));
const sessionId = v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/));
/** One line that a person wrote of themselves; the server's own limit. */
const detail = v.optional(text(255));

/** Words of whoever asked, given back to them, or a person's own in a form. */
const given = text(10_000);
const option = v.strictObject({ title: given, value: given });
const answer = v.variant('kind', [
  v.strictObject({ kind: v.literal('option'), option }),
  v.strictObject({
    kind: v.literal('fields'),
    fields: v.pipe(v.array(v.strictObject({ name: given, value: given })), v.maxLength(100)),
  }),
  v.strictObject({ kind: v.literal('email'), email: v.pipe(text(255), v.minLength(1)) }),
  v.strictObject({ kind: v.literal('rating'), rating: v.picklist([1, 2, 3, 4, 5]), comment: given }),
]);

/** Characters of what a page may say of its user in one go. */
export const maxPageText = 8_192;

/** The server's limit on the characters of one message (contract §3.12); what is longer never leaves the composer. */
export const maxMessageLength = 150_000;

/**
 * One schema per command; strict, because only our own pages and scripts write them. The panel names the contact session:
 * what was written in one must never be sent in another, whoever signs in meanwhile. Which site a page belongs to is
 * never its own word.
 */
export const commandSchemas = {
  /** Accept a message. Answered when it is saved, not when the server has it. */
  'message.send': v.strictObject({
    type: v.literal('message.send'),
    sessionId,
    echoId,
    conversationKey: key,
    text: v.pipe(text(2 * maxMessageLength), v.minLength(1)),
  }),
  /**
   * Answer a question of a message; takes the place of an earlier answer. `mayMerge`: an e-mail address may join the person
   * with whoever has it (contract §3.4), and they were told so.
   */
  'message.answer': v.strictObject({
    type: v.literal('message.answer'),
    sessionId,
    echoId,
    conversationId: id,
    messageId: id,
    answer,
    mayMerge: v.boolean(),
  }),
  /** Mark a conversation as resolved; writing in it opens it again. */
  'conversation.resolve': v.strictObject({
    type: v.literal('conversation.resolve'),
    sessionId,
    echoId,
    conversationId: id,
  }),
  /** Send a failed or held message, or repeat another act. */
  'message.retry': v.strictObject({ type: v.literal('message.retry'), sessionId, echoId }),
  'message.discard': v.strictObject({ type: v.literal('message.discard'), sessionId, echoId }),
  'draft.change': v.strictObject({
    type: v.literal('draft.change'),
    sessionId,
    conversationKey: key,
    text: text(2 * maxMessageLength),
  }),
  /** Show messages before the oldest one of an open conversation. */
  'history.loadOlder': v.strictObject({
    type: v.literal('history.loadOlder'),
    sessionId,
    conversationId: id,
  }),
  /** Try to connect now. */
  'link.retry': v.strictObject({ type: v.literal('link.retry'), sessionId }),
  /**
   * The person's own name, e-mail or telephone number. `mayMerge`: they were told that a foreign e-mail or number joins them
   * with whoever has it (contract §3.4).
   */
  'contact.change': v.strictObject({
    type: v.literal('contact.change'),
    sessionId,
    changes: v.strictObject({ name: detail, email: detail, phoneNumber: detail }),
    mayMerge: v.boolean(),
  }),
  /** Bring a page of the company to the front, loaded anew where asked. */
  'page.open': v.strictObject({ type: v.literal('page.open'), sessionId, reload: v.boolean() }),
  /** Forget everything of this site on this device. */
  'session.forget': v.strictObject({ type: v.literal('session.forget'), sessionId }),
  /** Open the panel in the sender's window, or close it there; with `want` only the one or the other. */
  'panel.toggle': v.strictObject({
    type: v.literal('panel.toggle'),
    want: v.optional(v.picklist(['open', 'close'])),
  }),
  /** Who is signed in at the sender's page, in its own words (JSON); null: nobody. */
  'user.say': v.strictObject({ type: v.literal('user.say'), user: v.nullable(text(maxPageText)) }),
  /** What else the sender's page knows of who is signed in (JSON). */
  'user.attributes': v.strictObject({ type: v.literal('user.attributes'), attributes: text(maxPageText) }),
  /** How the Help button of the sender's page looks. */
  'button.show': v.strictObject({ type: v.literal('button.show') }),
} as const;

export type CommandType = keyof typeof commandSchemas;
export type Command = { [T in CommandType]: v.InferOutput<(typeof commandSchemas)[T]> }[CommandType];
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;
type WithoutSession<C> = C extends { sessionId: string } ? Omit<C, 'sessionId'> : never;
/** What a panel asks, before it is said in which session. */
export type SessionCommand = WithoutSession<Command>;

/** The look of an injected Help button, and what the page may be told of; all that a content script ever learns. */
export interface ButtonView {
  /** False: the site wants no button of ours. */
  shown: boolean;
  /** Ready to show, in the user's language. */
  label: string;
  /** Accessible name: label and unread count. */
  name: string;
  /** What it reads when its extension was replaced by a newer one, which only a page that is loaded again can reach. */
  reloadLabel: string;
  /** '' or '1' … '9', '9+'. */
  count: string;
  /** How many messages wait to be read. */
  unread: number;
  position: 'bottom-end' | 'bottom-start';
  /** The company's colour as #rrggbb; the content script gets the finished set of colours. */
  colors: { fill: string; fillHover: string; fillPressed: string; onFill: string };
  panelOpen: boolean;
  /** What became of the identity that the page gave. */
  user: 'none' | 'waiting' | 'accepted' | 'refused';
}

/** The value of a command's positive answer. */
export type Answer<T extends CommandType> = T extends 'button.show' ? ButtonView : null;

export type ErrorCode =
  | 'notAllowed' // this sender may not send this command, or it is malformed
  | 'notSaved' // the browser refused to store it
  | 'failed';

/** Every command is answered with this; errors carry words for the diagnostics, never secrets. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: { code: ErrorCode; message: string } };

/** The background's only unasked message to a content script. */
export interface ButtonChanged {
  type: 'button.changed';
  button: ButtonView;
}

/** Name of the panel's port. */
export const panelPortName = 'panel';

/** What a panel says on its port. */
export const viewMessageSchema = v.variant('type', [
  /**
   * First message, and again on every change of route: answered by a snapshot. Site and session stay the same for a port;
   * null in the first message: whichever site the background thinks right, and whoever is asking there now.
   */
  v.strictObject({
    type: v.literal('view.open'),
    siteId: v.nullable(siteId),
    sessionId: v.nullable(sessionId),
    windowId: v.nullable(v.number()),
    conversationKey: v.nullable(key),
  }),
  /** The newest message that is on screen in a visible panel; null: hidden or scrolled up. */
  v.strictObject({ type: v.literal('view.seen'), messageId: v.nullable(id) }),
  /** Whether the panel is really on screen; hidden until it says otherwise. */
  v.strictObject({ type: v.literal('view.visible'), visible: v.boolean() }),
]);
export type ViewMessage = v.InferOutput<typeof viewMessageSchema>;
