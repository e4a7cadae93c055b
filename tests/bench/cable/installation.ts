// What all fleets connect to: the in-memory CarbonChat for HTTP, whose frames a real Action Cable delivers, one contact
// with one conversation, and an agent who writes there without a pause.

import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { startActionCable } from '../../action-cable/real-server';
import { startServer } from '../../server/server';
import { now } from './clock';

const inboxIdentifier = 'plain-inbox-demo';
/** Milliseconds between two messages. */
const pause = 100;
/**
 * So many messages the conversation holds at a time: more than are written in any outage here. A list of thousands,
 * asked for by sixteen devices at once, would measure the making of JSON.
 */
const kept = 400;

export type Installation = Awaited<ReturnType<typeof startInstallation>>;

/** Starts everything; the agent writes from then on. */
export async function startInstallation(seed: number) {
  const actionCable = await startActionCable();
  const written = new Map<number, number>();
  const events = new EventEmitter<{ written: [number]; error: [Error] }>();
  let token = '';
  let isOver = false;
  let delivered = Promise.resolve();

  const server = await startServer({
    seed,
    messagesPerMinute: Number.POSITIVE_INFINITY,
    requestsPerMinute: Number.POSITIVE_INFINITY,
    deliver(to, event, data) {
      if (to !== token) return;
      // One after the other: two requests at a time might change places.
      delivered = delivered.then(() => actionCable.broadcast(to, { event, data }));
      if (event !== 'message.created') return;
      const { id } = data as { id: number };
      written.set(id, now());
      events.emit('written', id);
    },
  });
  const post = async (path: string) => {
    const url = `${server.url}/public/api/v1/inboxes/${inboxIdentifier}/contacts${path}`;
    return (await fetch(url, { method: 'POST' })).json() as Promise<Record<string, unknown>>;
  };
  const { source_id: sourceId } = await post('');
  const { id: conversationId } = await post(`/${sourceId}/conversations`);
  const session = server.store.sessions.find(({ source_id }) => source_id === sourceId);
  const conversation = server.store.conversations.find(({ id }) => id === conversationId);
  if (!session || !conversation) throw new Error('the contact could not be made');
  token = session.pubsub_token;
  await actionCable.addToken(token);

  async function write(): Promise<void> {
    try {
      await server.agent.reply(Number(conversationId), `Message number ${written.size + 1}`);
      conversation?.messages.splice(0, Math.max(0, conversation.messages.length - kept));
    } catch (error) {
      // What the end cuts off is missed by nobody.
      if (!isOver) events.emit('error', error as Error);
    }
  }
  /** By the clock, so that a busy machine writes no less. */
  async function writeOn(): Promise<void> {
    const from = now();
    for (let turn = 1; !isOver; turn += 1) {
      await wait(Math.max(0, from + turn * pause - now()));
      void write();
    }
  }
  const writing = writeOn();

  return {
    cablePort: actionCable.port,
    httpPort: server.port,
    contact: {
      inboxIdentifier,
      sourceId: String(sourceId),
      pubsubToken: token,
      contactId: session.contact.id,
      conversationId: Number(conversationId),
    },
    /** Every message so far, by id, with the time when it left. */
    written: written as ReadonlyMap<number, number>,
    /** The agent writes one more, out of turn. */
    write,
    /** The id of the next message. */
    async next(): Promise<number> {
      const [id] = await once(events, 'written');
      return id;
    },
    async stop(): Promise<void> {
      isOver = true;
      await writing;
      await delivered;
      await server.close();
      await actionCable.stop();
    },
  };
}
