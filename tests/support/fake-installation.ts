// The in-memory CarbonChat without a network: answers a fake browser's requests and sockets in the same process and
// on its clock. Owns the way between the two, not what the server does.

import { Hono } from 'hono';
import { writeAsAgent } from '../server/actions/message-actions';
import { Broadcast } from '../server/cable/broadcast';
import { answerError, answerUnrouted, type Env } from '../server/http/responses';
import { routeClient } from '../server/http/routes-client';
import { makeAgents, makeInboxes } from '../server/records/inboxes';
import { enter, findSubscriber } from '../server/records/presence';
import { Store } from '../server/records/store';
import type { World } from '../server/world';
import type { FakeBrowser } from './fake-platform';
import type { FakeSocket } from './fake-socket';

const agents = [{ name: 'Grace Agent', apiAccessToken: 'agent-token' }];

class ClockedStore extends Store {
  #last = 0;

  constructor(readonly clock: { now(): number }) {
    super();
  }

  override now(): number {
    this.#last = Math.max(this.clock.now(), this.#last + 0.001);
    return this.#last;
  }
}

export class FakeInstallation {
  readonly store: Store;
  readonly world: World;
  /** The way of a frame to a socket; tests make it an unreliable one. */
  carry: (socket: FakeSocket, frame: object) => void = (socket, frame) => socket.receive(frame);
  readonly #rooms = new Map<FakeSocket, { identifier: string; token: string }>();
  readonly #app = new Hono<Env>();

  /** Serves the first site of a browser's configuration from now on. */
  constructor(browser: FakeBrowser) {
    const { clock, config } = browser;
    const site = config.sites[0];
    if (!site) throw new Error('no site is configured');
    this.store = new ClockedStore(clock);
    this.world = {
      accountId: 1,
      accountName: site.name,
      origin: site.installationUrl,
      store: this.store,
      inboxes: makeInboxes([{ identifier: site.inboxIdentifier, name: site.name, hmacToken: 'hmac' }]),
      agents: makeAgents(agents),
      broadcast: new Broadcast((token, event, data) => this.#deliver(token, event, data), 1),
      messagesPerMinute: 200,
    };
    this.#app.onError(answerError);
    this.#app.notFound(answerUnrouted);
    routeClient(this.#app, this.world);
    this.serve(browser);
  }

  /** Serves one more browser, which has to be on the same clock. */
  serve(browser: FakeBrowser): void {
    const { clock, network } = browser;
    browser.answer = async (url, init) => {
      // No signal: whoever asked may be dead, and its real timer must not reach into a fake day.
      const { method, headers, body } = init;
      const response = await this.#app.fetch(new Request(url, { method, headers, body } as RequestInit));
      return new Response(response.status === 304 ? null : await response.text(), response);
    };
    network.onSocket = (socket) => void Promise.resolve().then(() => this.#welcome(socket));
    const ping = () => {
      for (const socket of network.alive) this.carry(socket, { type: 'ping' });
      clock.setTimeout(ping, 3_000);
    };
    clock.setTimeout(ping, 3_000);
  }

  /** Writes as the agent in a conversation, the newest one unless told. */
  reply(content: string, conversationId = this.store.conversations.at(-1)?.id): number {
    return this.ask('text', content, {}, conversationId);
  }

  /** Writes a message of any type (contract §8) as the agent. */
  ask(
    content_type: string,
    content: string,
    content_attributes: Record<string, unknown> = {},
    conversationId = this.store.conversations.at(-1)?.id,
  ): number {
    const conversation = this.store.conversations.find(({ id }) => id === conversationId);
    const agent = this.world.agents[0];
    if (!conversation || !agent) throw new Error('no such conversation');
    const draft = { content, attachments: [], private: false, content_type, content_attributes };
    return writeAsAgent(this.world, conversation, agent, draft).id;
  }

  /** The words of all messages, in order. */
  get texts(): (string | null)[] {
    return this.store.conversations.flatMap(({ messages }) => messages.map(({ content }) => content));
  }

  #welcome(socket: FakeSocket): void {
    if (socket.status === 'closed') return;
    const send = socket.send.bind(socket);
    socket.send = (text) => {
      send(text);
      void Promise.resolve().then(() => this.#hear(socket, JSON.parse(text)));
    };
    socket.open();
    this.carry(socket, { type: 'welcome' });
  }

  #hear(socket: FakeSocket, { command, identifier, data }: Record<string, string>): void {
    const subscriber = findSubscriber(this.world, JSON.parse(identifier ?? ''));
    if (!identifier || !subscriber) return;
    if (command === 'subscribe') {
      this.#rooms.set(socket, { identifier, token: subscriber.token });
      this.carry(socket, { type: 'confirm_subscription', identifier });
    } else if (JSON.parse(data ?? '{}').action !== 'update_presence') return;
    this.#deliver(subscriber.token, 'presence.update', enter(this.world, subscriber));
  }

  #deliver(token: string, event: string, data: unknown): void {
    for (const [socket, room] of this.#rooms) {
      if (socket.status !== 'open' || room.token !== token) continue;
      this.carry(socket, { identifier: room.identifier, message: { event, data } });
    }
  }
}
