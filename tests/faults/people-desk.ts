// The browser at which people come and go, and its way to the server: what outlives the background, and wakes it. Does
// nothing by itself.
import type { TimerId } from '@/lib/platform/types';
import type { FakeInstallation } from '../support/fake-installation';
import { FakeBrowser, type FakeLife } from '../support/fake-platform';
import type { MemoryHistory } from '../support/memory-stores';
import { Checker } from './checker';
import type { Plan } from './plan';
import { WorldClock } from './world-clock';
import { frameWay, Line } from './world-line';

export interface PeopleOptions {
  seed: number;
  /** The inbox lets in only who has proven who they are. */
  strict: boolean;
  /** The inbox keeps one conversation for each session. */
  locked: boolean;
  /** No socket ever opens. */
  cableless: boolean;
  /** Which problems count; all of them unless said. */
  minds?: RegExp;
}

/** A browser that wakes its background for an alarm, and on one clock with its server. */
export class Desk extends FakeBrowser {
  override readonly clock = new WorldClock();
  begunAt = 0;
  #current: FakeLife | null = null;
  #alarmTimer: TimerId = 0;

  constructor(
    readonly past: MemoryHistory,
    readonly plan: Plan,
  ) {
    super(past);
    this.clock.busy.push(this);
  }

  get isAwake(): boolean {
    return this.#current?.dead === false;
  }

  wake(): FakeLife {
    if (this.#current && !this.#current.dead) return this.#current;
    if (this.#current) this.plan.note('stops');
    this.begunAt = this.clock.now();
    this.#current = this.start();
    return this.#current;
  }

  override setAlarm(at: number | null): void {
    this.clock.clearTimeout(this.#alarmTimer);
    this.alarmAt = at;
    if (at === null) return;
    const delay = Math.max(at - this.clock.now(), 30_000);
    this.#alarmTimer = this.clock.setTimeout(() => this.wake().ringAlarm(), delay);
  }
}

/** Sets the inbox up, and lets things go wrong on the way to it. */
export function lineTo(server: FakeInstallation, desk: Desk, options: PeopleOptions): Line {
  const { world } = server;
  for (const inbox of world.inboxes) {
    inbox.hmacMandatory = options.strict;
    inbox.lockToSingleConversation = options.locked;
  }
  // The flood limit is one of the plan's faults.
  world.messagesPerMinute = Number.POSITIVE_INFINITY;
  const line = new Line(desk, desk.clock, desk.plan, new Checker(desk.plan));
  line.forbidsSockets = options.cableless;
  frameWay(server, [line], desk.plan, desk.clock);
  return line;
}
