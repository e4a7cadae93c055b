// Owns the life of the in-memory CarbonChat: puts the parts together, listens, stops, starts again with state kept.
// Must not hold behaviour of its own. Imports nothing of lib/.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { Broadcast } from './cable/broadcast';
import { CableServer } from './cable/cable';
import { handleUpgrade } from './cable/upgrade';
import { routeConsole } from './demo/console-page';
import { DEMO_AGENTS, DEMO_INBOXES } from './demo/demo-inboxes';
import { routeAttachments } from './http/attachments';
import { pathWithoutFormat } from './http/params';
import { passage } from './http/passage';
import { RateLimit } from './http/rate-limit';
import { answerCable, answerError, answerUnrouted, cors, type Env } from './http/responses';
import { routeAccount } from './http/routes-account';
import { routeAccountContacts } from './http/routes-account-contacts';
import { routeClient } from './http/routes-client';
import { makeAgents, makeInboxes } from './records/inboxes';
import { enter, findSubscriber } from './records/presence';
import type { AgentOptions, InboxOptions } from './records/records';
import { Store } from './records/store';
import { type AgentClient, createAgentClient } from './testing/agent-client';
import { type Control, createControl, routeControl } from './testing/control';
import { Faults } from './testing/faults';
import { RequestLog } from './testing/request-log';
import type { World } from './world';

export type ServerOptions = {
  /** 0 (default): a free one, kept over stop and start. */
  port?: number;
  host?: '127.0.0.1';
  inboxes?: InboxOptions[];
  agents?: AgentOptions[];
  /** Milliseconds between pings; 3000 as on the real server. */
  pingInterval?: number;
  /** Of the random order of frames. */
  seed?: number;
  accountId?: number;
  accountName?: string;
  /** The flood limit of one conversation; 200 as on the real server. */
  messagesPerMinute?: number;
  /** Requests and handshakes of one address; 3000 as on the real server. */
  requestsPerMinute?: number;
  /** Takes the frames of what happens, in place of the server's own cable. */
  deliver?: (token: string, event: string, data: unknown) => void;
};

export type CarbonChatServer = {
  readonly url: string;
  readonly port: number;
  /** Stops listening and breaks every connection: sockets see 1006 and no frame. State is kept. */
  stop(): Promise<void>;
  /** Listens again on the same port. */
  start(): Promise<void>;
  /** The end: stops for good. */
  close(): Promise<void>;
  control: Control;
  /** The first agent, over real HTTP. */
  agent: AgentClient;
  /** The records themselves, for reading in assertions. */
  store: Store;
};

/** Starts an in-memory CarbonChat on loopback; resolves when it listens. Rejects when the port is taken. */
export async function startServer(options: ServerOptions = {}): Promise<CarbonChatServer> {
  const {
    host = '127.0.0.1',
    accountId = 1,
    accountName = 'Ledgerly',
    pingInterval = 3000,
    seed = 1,
    messagesPerMinute = 200,
    requestsPerMinute = 3000,
    deliver = (token, event, data) => cable.deliver(token, event, data),
  } = options;
  const store = new Store();
  const faults = new Faults();
  const log = new RequestLog();
  const limit = new RateLimit(requestsPerMinute, () => store.now());
  let port = options.port ?? 0;
  let stops = 0;

  const cable = new CableServer({
    pingInterval,
    now: () => store.now(),
    find: (keys) => findSubscriber(world, keys),
    present: (who) => cable.deliver(who.token, 'presence.update', enter(world, who)),
  });
  const broadcast = new Broadcast(deliver, seed);
  const world: World = {
    accountId,
    accountName,
    origin: '',
    store,
    inboxes: makeInboxes(options.inboxes ?? DEMO_INBOXES),
    agents: makeAgents(options.agents ?? DEMO_AGENTS),
    broadcast,
    messagesPerMinute,
  };

  const app = new Hono<Env>({ getPath: pathWithoutFormat });
  const http = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  // closeAllConnections forgets upgraded sockets, and the server would wait for them.
  const connections = new Set<Socket>();
  http.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  http.on('upgrade', (request, socket, head) => {
    void handleUpgrade({ cable, faults, log, limit }, request, socket, head);
  });

  const start = async () => {
    http.listen(port, host);
    await once(http, 'listening');
    port = (http.address() as AddressInfo).port;
    world.origin = `http://${host}:${port}`;
    cable.startPings();
  };
  const stop = async () => {
    if (!http.listening) return;
    stops += 1;
    cable.stopPings();
    const closed = once(http, 'close');
    http.close();
    for (const socket of connections) socket.destroy();
    await closed;
  };

  const control = createControl({ world, cable, faults, log, limit, stop, start });
  app.onError(answerError);
  app.notFound(answerUnrouted);
  routeControl(app, control);
  routeConsole(app, world);
  app.use(cors);
  app.use(passage({ faults, broadcast, log, limit, stops: () => stops }));
  app.get('/cable', answerCable);
  routeClient(app, world);
  routeAccount(app, world);
  routeAccountContacts(app, world);
  routeAttachments(app, world);

  await start();
  const firstToken = world.agents[0]?.apiAccessToken ?? '';
  return {
    get url() {
      return world.origin;
    },
    get port() {
      return port;
    },
    stop,
    start,
    close: stop,
    control,
    agent: createAgentClient(() => world.origin, accountId, firstToken),
    store,
  };
}
