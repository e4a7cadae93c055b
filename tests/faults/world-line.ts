// The way between one browser and the server: carries requests, answers, sockets and frames, and lets happen to them
// what the plan says and what a cut network does. Tells the checker which messages the server stored for whom.
import type { FakeInstallation } from '../support/fake-installation';
import type { FakeBrowser } from '../support/fake-platform';
import type { FakeSocket } from '../support/fake-socket';
import type { Checker } from './checker';
import type { Plan, RequestFault } from './plan';
import type { WorldClock } from './world-clock';

/** `stopped`: the server refuses. `offline`: the browser knows it. `silent`: nobody knows, nothing comes through. */
export type Network = 'up' | 'stopped' | 'offline' | 'silent';
type Serve = (url: string, init: RequestInit) => Promise<Response>;

/** What is committed late is committed within this time after the end of the attempt (design §6: 60 s). */
const settles = 58_000;
const html = '<!doctype html><title>Sign in</title>';
const page = (status: number) => new Response(html, { status, headers: { 'content-type': 'text/html' } });
const problem = (status: number, message: string) => Response.json({ message }, { status });
const never = () => new Promise<never>(() => {});

export class Line {
  network: Network = 'up';
  /** Something on the way, such as a firewall, forbids sockets for good. */
  forbidsSockets = false;
  /** Sockets through which nothing comes any more, and nobody has noticed. */
  readonly #mute = new WeakSet<FakeSocket>();
  readonly #lastFrameAt = new WeakMap<FakeSocket, number>();
  readonly #serve: Serve;

  /** Puts itself between a browser and what serves it. */
  constructor(
    readonly browser: FakeBrowser,
    readonly clock: WorldClock,
    readonly plan: Plan,
    readonly checker: Checker,
  ) {
    this.#serve = browser.answer;
    browser.answer = (url, init) => this.#request(url, init);
    const welcome = browser.network.onSocket;
    browser.network.onSocket = (socket) => void this.#connect(socket, () => welcome?.(socket));
  }

  cut(network: Network): void {
    this.network = network;
    for (const socket of this.browser.network.alive) {
      if (network === 'stopped') socket.drop();
      else if (network !== 'up') this.#mute.add(socket);
    }
  }

  /** The sockets end, as when a laptop changes its network. */
  drop(): void {
    for (const socket of this.browser.network.alive) socket.drop();
  }

  /** From now on nothing comes through the present sockets, which stay open. */
  silence(): void {
    for (const socket of this.browser.network.alive) this.#mute.add(socket);
  }

  /** Takes a frame to a socket: in order with those before it; lost only together with the socket. */
  carry(socket: FakeSocket, frame: object): void {
    if (socket.status !== 'open' || this.#mute.has(socket)) return;
    const now = this.clock.now();
    const at = Math.max(
      this.#lastFrameAt.get(socket) ?? 0,
      now + (this.plan.ill ? this.plan.between(0, 250) : 0),
    );
    this.#lastFrameAt.set(socket, at);
    const arrive = () => {
      if (socket.status === 'open' && !this.#mute.has(socket)) socket.receive(frame);
    };
    if (at === now) arrive();
    else this.clock.setTimeout(arrive, at - now);
  }

  async #connect(socket: FakeSocket, welcome: () => void): Promise<void> {
    await this.clock.sleep(this.plan.travel());
    if (socket.status === 'closed' || this.network === 'silent') return;
    const refused = this.forbidsSockets || this.network !== 'up';
    if (refused || this.plan.oneIn(10, 'socket refused')) socket.drop();
    else if (!this.plan.oneIn(25, 'socket hangs')) welcome();
  }

  /** Until its answer comes, a request waits for time alone; whoever asked gives up by its signal. */
  async #request(url: string, init: RequestInit): Promise<Response> {
    this.browser.pending -= 1;
    try {
      return await new Promise<Response>((resolve, reject) => {
        const { signal } = init;
        signal?.addEventListener('abort', () => reject(signal.reason));
        this.#travel(url, init).then(resolve, reject);
      });
    } finally {
      this.browser.pending += 1;
    }
  }

  async #travel(url: string, init: RequestInit): Promise<Response> {
    const { plan, clock } = this;
    const writes = init.method === 'POST' && /\/(messages|conversations)$/.test(url);
    this.checker.asked(url, init);
    const fault = plan.request(writes);
    if (fault === 'refused' || this.network === 'offline' || this.network === 'stopped') {
      await clock.sleep(5);
      throw new TypeError('Failed to fetch');
    }
    await clock.sleep(plan.travel());
    await this.#passable();
    const answer = await this.#suffer(fault, url, init);
    await clock.sleep(plan.travel());
    await this.#passable();
    return answer;
  }

  /** What was under way when the network was cut is lost. */
  async #passable(): Promise<void> {
    if (this.network === 'silent') await never();
    if (this.network !== 'up') throw new TypeError('Failed to fetch');
  }

  async #suffer(fault: RequestFault, url: string, init: RequestInit): Promise<Response> {
    const { plan, clock } = this;
    switch (fault) {
      case 'lostBefore':
        throw new TypeError('Failed to fetch');
      case 'hangsBefore':
        return never();
      case 'errorBefore':
        return page(plan.oneOf(500, 502, 503, 504, 408));
      case 'tooFast':
        return new Response('Retry later\n', { status: 429 });
      case 'tooMany':
        return problem(422, 'Too many messages');
      case 'refusedForGood':
        return plan.oneOf(problem(403, 'forbidden'), page(413), problem(422, 'Content is too long'));
      case 'portal':
        return page(200);
      case 'late':
      case 'lateBehindProxy': {
        const gives = plan.between(0, 13_000);
        clock.setTimeout(() => void this.#commit(url, init), plan.between(0, gives + settles));
        await clock.sleep(gives);
        if (fault === 'lateBehindProxy') return page(504);
        return plan.oneIn(2, 'late and silent') ? never() : Promise.reject(new TypeError('Failed to fetch'));
      }
    }
    const answer = await this.#commit(url, init);
    switch (fault) {
      case 'lostAfter':
        throw new TypeError('Failed to fetch');
      case 'hangsAfter':
        return never();
      case 'errorAfter':
        return page(plan.oneOf(500, 502, 504));
      case 'mangled':
        return page(200);
      case 'slow':
        await clock.sleep(plan.between(2_000, 12_000));
    }
    return answer;
  }

  /** The server does what is asked for, whoever still listens. */
  async #commit(url: string, init: RequestInit): Promise<Response> {
    this.clock.answers.pending += 1;
    try {
      const answer = await this.#serve(url, init);
      if (answer.ok) await this.checker.served(url, init, answer.clone());
      return answer;
    } finally {
      this.clock.answers.pending -= 1;
    }
  }
}

/** Puts the plan between the server's jobs and its sockets, and each line between these and its browser. */
export function frameWay(
  server: FakeInstallation,
  lines: readonly Line[],
  plan: Plan,
  clock: WorldClock,
): void {
  server.carry = (socket, frame) => {
    lines.find(({ browser }) => browser.network.sockets.includes(socket))?.carry(socket, frame);
  };
  const { broadcast } = server.world;
  const publish = broadcast.publish.bind(broadcast);
  broadcast.publish = (tokens, event, data) => {
    const leave = () => publish(tokens, event, data);
    const fault = plan.frame();
    // Several workers run the jobs: one that is delayed is overtaken, which is how frames come out of order (§6).
    if (fault === 'delayed') clock.setTimeout(leave, plan.between(10, 4_000));
    else if (fault === 'muchDelayed') clock.setTimeout(leave, plan.between(10_000, 90_000));
    else if (fault === 'withSocket') for (const line of lines) line.drop();
    else leave();
    if (fault === 'doubled') leave();
  };
}
