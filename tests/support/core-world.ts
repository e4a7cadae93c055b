// A world for simulations of the core: a shell that decides, saves and acts, a fake server behind an unreliable
// network, one queue of things to come, and a seeded chance that picks every fault. No real time passes.
import type { Effect } from '@/lib/core/effects';
import type { Event } from '@/lib/core/events';
import type { Failure } from '@/lib/core/server-types';
import { initialState, type Persisted, type State, unheardInbox } from '@/lib/core/state';
import type { Message } from '@/lib/core/types';
import { update } from '@/lib/core/update';
import { nextWakeAt } from '@/lib/core/wake';
import { failures, loadedFor, newSession, start, timings } from './core-builders';
import { answer, type CoreServer, failed, type Request } from './core-server';

/** A seeded chance: the same seed always gives the same luck. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** More events than this within one millisecond are a busy loop. */
const busyLoop = 200;

export class CoreWorld {
  at = start;
  state: State;
  /** Until `heal`, requests and frames go wrong and the background dies now and then. */
  ill = true;
  networkUp = true;
  /** What was done so far, to be bounded by the test. */
  requests = 0;
  wakes = 0;
  readonly server: CoreServer;
  readonly history = new Map<number, Message>();
  #saved: Persisted;
  #random: () => number;
  /** In the order in which they were asked for. */
  #tasks: { at: number; run: () => void }[] = [];
  /** Counts lives of the background: what an earlier life waited for tells a later one nothing. */
  #life = 0;
  /** Counts connections: 0 while there is no cable at all. */
  #cable = 0;
  #connections = 0;
  #live = false;
  #wakeAt: number | null = null;
  #now = { at: 0, events: 0 };

  constructor(server: CoreServer, seed: number) {
    this.server = server;
    this.#random = chance(seed);
    this.#saved = {
      session: newSession,
      conversations: {},
      outbox: {},
      creations: {},
      drafts: {},
      syncedTo: {},
      inbox: unheardInbox,
    };
    this.state = initialState(this.#saved, this.at);
    server.onMessage = (message) => this.#frame(message);
  }

  /** The background takes in an event. When something is wrong with the world, it may die of it. */
  happened(event: Event): void {
    const events = this.#now.at === this.at ? this.#now.events + 1 : 1;
    this.#now = { at: this.at, events };
    if (events > busyLoop) throw new Error(`busy loop at ${event.type}`);
    const dies = this.ill && event.type !== 'message.submitted' ? this.#random() : 1;
    if (this.#takesIn(event, dies)) this.#wakeUp();
    else this.restart();
  }

  /** Decides, saves, acts. False when it died before, between or after the two saves. */
  #takesIn(event: Event, dies: number): boolean {
    if (dies < 0.01) return false;
    const loaded = loadedFor(this.state, event, this.history);
    const result = update(this.state, event, { at: this.at, fraction: this.#random(), timings, loaded });
    for (const message of result.messages) this.history.set(message.id, message);
    this.#saved = { ...this.#saved, syncedTo: result.state.syncedTo };
    if (dies < 0.02) return false;
    const { session, conversations, outbox, creations, drafts, syncedTo, inbox } = result.state;
    this.#saved = { session, conversations, outbox, creations, drafts, syncedTo, inbox };
    this.state = result.state;
    if (dies < 0.03) return false;
    for (const effect of result.effects) this.#act(effect);
    return true;
  }

  /** The background is killed and started again; requests under way go on without it. */
  restart(): void {
    this.#life += 1;
    this.#cable = 0;
    this.#live = false;
    this.#wakeAt = null;
    this.state = initialState(structuredClone(this.#saved), this.at);
    this.happened({ type: 'background.started' });
  }

  /** The cable falls, and is tried again by itself. */
  drop(): void {
    if (this.#cable === 0) return;
    this.#live = false;
    this.#connections += 1;
    this.#cable = this.#connections;
    const wait = 500 + this.#random() * 4_000;
    this.happened({ type: 'cable.changed', cable: 'waiting', attempt: 1, nextTryAt: this.at + wait });
    this.#connect(wait);
  }

  network(up: boolean): void {
    this.networkUp = up;
    if (!up) this.drop();
    this.happened({ type: 'online.changed', online: up });
  }

  /** Lets time pass, with everything that happens in it. */
  pass(ms: number): void {
    const until = this.at + ms;
    for (let task = this.#next(until); task; task = this.#next(until)) {
      this.at = Math.max(this.at, task.at);
      task.run();
    }
    this.at = until;
  }

  /** From now on nothing goes wrong any more. */
  heal(): void {
    this.ill = false;
    this.network(true);
  }

  #next(until: number) {
    let next = 0;
    for (const [index, { at }] of this.#tasks.entries()) if (at < (this.#tasks[next]?.at ?? at)) next = index;
    const due = this.#tasks[next];
    return due && due.at <= until ? this.#tasks.splice(next, 1)[0] : undefined;
  }

  #later(ms: number, run: () => void): void {
    this.#tasks.push({ at: Math.round(this.at + ms), run });
  }

  /** Only if the background still lives the life in which this was begun. */
  #tell(ms: number, event: () => Event | null): void {
    const life = this.#life;
    this.#later(ms, () => {
      const told = life === this.#life ? event() : null;
      if (told) this.happened(told);
    });
  }

  #wakeUp(): void {
    const at = nextWakeAt(this.state, this.at);
    if (at === this.#wakeAt) return;
    this.#wakeAt = at;
    if (at === null) return;
    this.#tell(at - this.at, () => {
      if (this.#wakeAt !== at) return null;
      this.#wakeAt = null;
      this.wakes += 1;
      return { type: 'time.passed' };
    });
  }

  #act(effect: Effect): void {
    if (effect.type === 'cable.open') {
      this.#connections += 1;
      this.#cable = this.#connections;
      this.#connect(100);
    } else if (effect.type === 'cable.close') {
      this.#cable = 0;
      this.#live = false;
    } else if (effect.type === 'cable.reconnect') this.#connect(0);
    else if (effect.type !== 'cable.updatePresence') this.#request(effect);
  }

  #connect(ms: number): void {
    const cable = this.#cable;
    this.#tell(ms + 50, () => {
      if (cable === 0 || cable !== this.#cable || this.#live) return null;
      if (!this.networkUp || (this.ill && this.#random() < 0.2)) {
        this.#connect(5_000);
        return { type: 'cable.changed', cable: 'waiting', attempt: 2, nextTryAt: this.at + 5_000 };
      }
      this.#live = true;
      return { type: 'cable.changed', cable: 'live', attempt: 0, nextTryAt: null };
    });
  }

  /** Frames come late, in any order, and at times twice; those under way when the cable falls are lost. */
  #frame(message: Message): void {
    if (!this.#live) return;
    const cable = this.#cable;
    const copies = this.ill && this.#random() < 0.2 ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const delay = this.ill ? this.#random() * 3_000 : 20;
      this.#tell(delay, () => {
        if (cable !== this.#cable || !this.#live) return null;
        const frame = {
          ...message,
          status: 'sent' as const,
          updatedAt: message.createdAt,
          changedAt: this.at,
        };
        return { type: 'frame.message', message: frame };
      });
    }
  }

  #request(request: Request): void {
    this.requests += 1;
    const requestedAt = this.at;
    const travel = 10 + this.#random() * (this.ill ? 2_000 : 50);
    const fault = this.#fault(request);
    if (fault === 'lost') {
      // The answer is lost, and what was asked for may be done long after everybody gave up.
      const slow = this.#random() < 0.5;
      const after = slow ? timings.requestTimeout : travel;
      const late = this.#random() < 0.5 ? travel : (after + timings.settle - 1) * this.#random();
      this.#later(late, () => void answer(this.server, request, requestedAt, this.at));
      this.#tell(after, () => failed(request, slow ? failures.timeout : failures.broken));
    } else if (fault) {
      this.#tell(travel, () => failed(request, fault));
    } else {
      let told: Event | null = null;
      this.#later(travel, () => {
        told = answer(this.server, request, requestedAt, this.at);
      });
      this.#tell(travel + 1 + this.#random() * (this.ill ? 1_500 : 20), () => told);
    }
  }

  #fault(request: Request): Failure | 'lost' | null {
    if (!this.networkUp) return failures.unreachable;
    const luck = this.ill ? this.#random() : 1;
    if (luck < 0.06) return failures.unreachable;
    if (luck < 0.1) return failures.tooFast;
    if (luck < 0.13) return failures.broken;
    if (luck < 0.15 && request.type === 'http.createMessage') return failures.tooMany;
    return luck < 0.32 ? 'lost' : null;
  }
}
