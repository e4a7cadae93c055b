// The two servers that every case is played on, behind one interface: the real Action Cable and the in-memory CarbonChat.

import { startActionCable } from '../../action-cable/real-server';
import { startServer } from '../../server/server';

export interface ConformanceServer {
  name: string;
  port: number;
  /** From now on `token` is known. */
  learn(token: string): Promise<void>;
  /** Everybody who is subscribed with the token hears an event whose data has this `content`. */
  say(token: string, content: string): Promise<void>;
  /** Of the cable: everybody is told to come back, and sent away. */
  restart(): Promise<void>;
  /** A disconnect frame of these words to everybody. Null: it has no such thing, and the proxy must stand in. */
  closeAll: ((words: { reason: string; reconnect: boolean }) => Promise<void>) | null;
  /** Where everybody is sent away as unauthorized. Null: as above. */
  unauthorizedPath: string | null;
  stop(): Promise<void>;
}

export async function startReal(): Promise<ConformanceServer> {
  const server = await startActionCable();
  return {
    name: 'Action Cable',
    port: server.port,
    learn: (token) => server.addToken(token),
    say: (token, content) => server.broadcast(token, { event: 'message.created', data: { content } }),
    restart: () => server.restart(),
    closeAll: (words) => server.closeAll(words),
    unauthorizedPath: '/cable-unauthorized',
    stop: () => server.stop(),
  };
}

export async function startInMemory(): Promise<ConformanceServer> {
  const server = await startServer();
  const inbox = `${server.url}/public/api/v1/inboxes/plain-inbox-demo`;
  const conversations = new Map<string, number>();
  const post = async (path: string) => {
    const answer = await fetch(`${inbox}/${path}`, { method: 'POST' });
    return (await answer.json()) as { source_id: string; id: number };
  };
  return {
    name: 'tests/server',
    port: server.port,
    async learn(token) {
      const { source_id } = await post('contacts');
      const { id } = await post(`contacts/${source_id}/conversations`);
      conversations.set(token, id);
      const session = server.store.sessions.find((one) => one.source_id === source_id);
      if (session) session.pubsub_token = token;
    },
    async say(token, content) {
      await server.agent.reply(conversations.get(token) ?? 0, content);
    },
    restart: async () => server.control.restartCable(),
    closeAll: null,
    unauthorizedPath: null,
    stop: () => server.close(),
  };
}
