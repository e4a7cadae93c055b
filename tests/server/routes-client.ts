// Owns the client API, §3.1 to §3.13: which path does what, and the silent lists of honoured parameters.
// Must not change records by itself.

import type { Context, Hono } from 'hono';
import { answerJson, answerNothing, type Env } from './answers';
import { readAttachments } from './attachments';
import { checkIdentity, createSession, updateContact } from './contact-actions';
import { isObject } from './contact-merge';
import { contactTyping, createConversation, readByContact } from './conversation-actions';
import { answerMessage } from './csat-actions';
import { writeAsContact } from './message-actions';
import { readParams } from './params';
import {
  presentContactRecord,
  presentConversation,
  presentInbox,
  presentMessage,
  presentSession,
} from './presenters';
import { notFound } from './problems';
import type { ContactInbox, Conversation, Inbox } from './records';
import { routeCsat } from './routes-csat';
import { changeStatus } from './status-actions';
import { listMessages } from './store';
import { contactView } from './view';
import type { World } from './world';

const PAGE = 20;

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
  const conversationOf = (c: Ctx): Conversation => {
    const mine = store.conversationsOf(sessionOf(c));
    const conversation = mine.find(({ id }) => String(id) === c.req.param('id'));
    if (conversation === undefined) throw notFound();
    return conversation;
  };
  /** Release 4.12.1 lets the messages of all the contact's conversations be reached by every session of it (§0). */
  const messagesOf = (c: Ctx): Conversation => {
    const { contact } = sessionOf(c);
    const conversation = store.conversations.find(({ id }) => String(id) === c.req.param('id'));
    if (conversation?.session.contact !== contact) throw notFound();
    return conversation;
  };
  const show = (conversation: Conversation) => presentConversation(conversation, contactView(world));

  routeCsat(app, world);

  const base = '/public/api/v1/inboxes';
  const contact = `${base}/:inbox/contacts/:source`;
  const conversation = `${contact}/conversations/:id`;

  // Named by the router, but no action answers (§3).
  app.get(base, () => {
    throw notFound();
  });
  app.get(`${base}/:inbox`, (c) => answerJson(c, presentInbox(inboxOf(c))));

  app.post(`${base}/:inbox/contacts`, async (c) => {
    const params = await readParams(c);
    return answerJson(c, presentSession(createSession(world, inboxOf(c), params)));
  });
  app.get(contact, (c) => {
    const session = sessionOf(c);
    if (checkIdentity(session.inbox, c.req.query())) session.hmac_verified = true;
    return answerJson(c, presentSession(session));
  });
  app.on(['PATCH', 'PUT'], contact, async (c) => {
    const params = await readParams(c);
    const session = sessionOf(c);
    if (checkIdentity(session.inbox, params)) session.hmac_verified = true;
    const contact = updateContact(world, session.contact, params, null);
    return answerJson(c, presentContactRecord(contact, accountId));
  });

  app.get(`${contact}/conversations`, (c) => answerJson(c, store.conversationsOf(sessionOf(c)).map(show)));
  app.post(`${contact}/conversations`, async (c) => {
    const { custom_attributes } = await readParams(c);
    const attributes = isObject(custom_attributes) ? custom_attributes : {};
    return answerJson(c, show(createConversation(world, sessionOf(c), attributes)));
  });
  app.get(conversation, (c) => answerJson(c, show(conversationOf(c))));
  app.post(`${conversation}/toggle_status`, (c) => {
    const found = conversationOf(c);
    changeStatus(world, found, 'resolved', sessionOf(c).contact);
    return answerJson(c, show(found));
  });
  app.post(`${conversation}/toggle_typing`, async (c) => {
    const { typing_status } = await readParams(c);
    const found = conversationOf(c);
    if (typing_status === 'on' || typing_status === 'off')
      contactTyping(world, found, typing_status === 'on');
    return answerNothing(c);
  });
  app.post(`${conversation}/update_last_seen`, (c) => {
    readByContact(world, conversationOf(c));
    return answerNothing(c);
  });

  app.get(`${conversation}/messages`, (c) => {
    const found = messagesOf(c);
    const before = c.req.query('before');
    const below = before ? Number.parseInt(before, 10) || 0 : Number.POSITIVE_INFINITY;
    const older = listMessages(found).filter(({ id }) => id < below);
    return answerJson(
      c,
      older.slice(-PAGE).map((message) => presentMessage(message, found, contactView(world))),
    );
  });
  app.post(`${conversation}/messages`, async (c) => {
    const params = await readParams(c);
    const found = messagesOf(c);
    const attachments = await readAttachments(store, params);
    const content = params.content == null ? null : String(params.content);
    const message = writeAsContact(world, found, { content, attachments }, params.echo_id);
    return answerJson(c, presentMessage(message, found, contactView(world)));
  });
  app.on(['PATCH', 'PUT'], `${conversation}/messages/:message`, async (c) => {
    const params = await readParams(c);
    const found = messagesOf(c);
    const message = found.messages.find(({ id }) => String(id) === c.req.param('message'));
    if (message === undefined) throw notFound();
    answerMessage(world, found, message, params.submitted_values);
    return answerJson(c, presentMessage(message, found, contactView(world)));
  });
}
