// Owns the client API, §3.1 to §3.13: which path does what, and the silent lists of honoured parameters.
// Must not change records by itself.

import type { Context, Hono } from 'hono';
import { checkIdentity, createSession, updateContact } from '../actions/contact-actions';
import { contactTyping, createConversation, readByContact } from '../actions/conversation-actions';
import { writeAsContact } from '../actions/message-actions';
import { answerMessage } from '../actions/message-answers';
import { notFound } from '../actions/problems';
import { changeStatus } from '../actions/status-actions';
import {
  presentContactRecord,
  presentConversation,
  presentInbox,
  presentMessage,
  presentSession,
} from '../presenters/client-presenters';
import { contactView } from '../presenters/view';
import { isObject, isScalar, scalar } from '../records/json';
import { listMessages } from '../records/message-list';
import type { ContactInbox, Conversation, Inbox } from '../records/records';
import type { World } from '../world';
import { readAttachments } from './attachments';
import { foundById, withParams } from './params';
import { answerJson, answerNothing, type Env } from './responses';
import { routeCsat } from './routes-csat';

const PAGE = 20;
/** What an id in a path is made of: a dot would begin a format (§2). */
const ID = '{[^/.]+}';

export function routeClient(app: Hono<Env>, world: World): void {
  const { store, accountId } = world;
  type Ctx = Context<Env>;

  const inboxOf = (c: Ctx): Inbox => {
    const inbox = world.inboxes.find(({ identifier }) => identifier === c.req.param('inbox'));
    if (inbox === undefined) throw notFound();
    return inbox;
  };
  const sessionOf = (c: Ctx): ContactInbox => {
    const session = store.findSession(inboxOf(c), c.req.param('source'));
    if (session === undefined) throw notFound();
    return session;
  };
  const conversationOf = (c: Ctx): Conversation =>
    foundById(store.conversationsOf(sessionOf(c)), c.req.param('id'));
  /** Release 4.12.1 lets the messages of all the contact's conversations be reached by every session of it (§0). */
  const messagesOf = (c: Ctx): Conversation => {
    const { contact } = sessionOf(c);
    const theirs = store.conversations.filter(({ session }) => session.contact === contact);
    return foundById(theirs, c.req.param('id'));
  };
  const show = (conversation: Conversation) => presentConversation(conversation, contactView(world));

  routeCsat(app, world);

  const inboxesPath = '/public/api/v1/inboxes';
  const inboxPath = `${inboxesPath}/:inbox${ID}`;
  const contactPath = `${inboxPath}/contacts/:source${ID}`;
  const conversationPath = `${contactPath}/conversations/:id${ID}`;
  const messagesPath = `${conversationPath}/messages`;

  // Named by the router, but no action answers (§3).
  const noAction = () => {
    throw notFound();
  };
  app.on(['GET', 'POST'], inboxesPath, noAction);
  app.on(['PATCH', 'PUT', 'DELETE'], inboxPath, noAction);
  app.get(
    inboxPath,
    withParams((c) => answerJson(c, presentInbox(inboxOf(c)))),
  );

  app.post(
    `${inboxPath}/contacts`,
    withParams((c, params) => answerJson(c, presentSession(createSession(world, inboxOf(c), params)))),
  );
  app.get(
    contactPath,
    withParams((c, params) => {
      const session = sessionOf(c);
      if (checkIdentity(session.inbox, params)) session.hmac_verified = true;
      return answerJson(c, presentSession(session));
    }),
  );
  app.on(
    ['PATCH', 'PUT'],
    contactPath,
    withParams((c, params) => {
      const session = sessionOf(c);
      if (checkIdentity(session.inbox, params)) session.hmac_verified = true;
      const contact = updateContact(world, session.contact, params, null);
      return answerJson(c, presentContactRecord(contact, accountId));
    }),
  );

  app.get(
    `${contactPath}/conversations`,
    withParams((c) => answerJson(c, store.conversationsOf(sessionOf(c)).map(show))),
  );
  app.post(
    `${contactPath}/conversations`,
    withParams((c, { custom_attributes }) => {
      const attributes = isObject(custom_attributes) ? custom_attributes : {};
      return answerJson(c, show(createConversation(world, sessionOf(c), attributes)));
    }),
  );
  app.get(
    conversationPath,
    withParams((c) => answerJson(c, show(conversationOf(c)))),
  );
  app.post(
    `${conversationPath}/toggle_status`,
    withParams((c) => {
      const conversation = conversationOf(c);
      changeStatus(world, conversation, 'resolved', sessionOf(c).contact);
      return answerJson(c, show(conversation));
    }),
  );
  app.post(
    `${conversationPath}/toggle_typing`,
    withParams((c, { typing_status }) => {
      const conversation = conversationOf(c);
      if (typing_status === 'on' || typing_status === 'off')
        contactTyping(world, conversation, typing_status === 'on');
      return answerNothing(c);
    }),
  );
  app.post(
    `${conversationPath}/update_last_seen`,
    withParams((c) => {
      readByContact(world, conversationOf(c));
      return answerNothing(c);
    }),
  );

  app.get(
    messagesPath,
    withParams((c, params) => {
      const conversation = messagesOf(c);
      const before = scalar(params.before);
      const below = before ? Number.parseInt(before, 10) || 0 : Number.POSITIVE_INFINITY;
      const older = listMessages(conversation).filter(({ id }) => id < below);
      const page = older.slice(-PAGE);
      return answerJson(
        c,
        page.map((message) => presentMessage(message, conversation, contactView(world))),
      );
    }),
  );
  app.post(
    messagesPath,
    withParams(async (c, params) => {
      const conversation = messagesOf(c);
      const draft = { content: scalar(params.content), attachments: await readAttachments(store, params) };
      const echoId = isScalar(params.echo_id) ? params.echo_id : null;
      const message = writeAsContact(world, conversation, draft, echoId);
      return answerJson(c, presentMessage(message, conversation, contactView(world)));
    }),
  );
  app.on(
    ['PATCH', 'PUT'],
    `${messagesPath}/:message${ID}`,
    withParams((c, { submitted_values }) => {
      const conversation = messagesOf(c);
      const message = foundById(conversation.messages, c.req.param('message'));
      answerMessage(world, conversation, message, submitted_values);
      return answerJson(c, presentMessage(message, conversation, contactView(world)));
    }),
  );
}
