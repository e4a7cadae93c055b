// An effect runner whose requests are answered by hand and whose sockets are fakes.
import { EffectRunner } from '@/lib/background/effect-runner';
import type { CarbonChatClient } from '@/lib/carbonchat/client';
import type { Event } from '@/lib/core/events';
import type { Session } from '@/lib/core/types';
import { FakeClock } from '../support/fake-clock';
import { FakeNetwork } from '../support/fake-socket';
import { now, session } from './samples';

export function runnerRig() {
  const clock = new FakeClock(now);
  const network = new FakeNetwork();
  const calls: unknown[][] = [];
  const events: Event[] = [];
  const reports: string[] = [];
  const waiting: ((outcome: unknown) => void)[] = [];
  const current: { session: Session } = { session: session() };
  let keptAlive = 0;
  const client = new Proxy({} as CarbonChatClient, {
    get:
      (_, method) =>
      (...args: unknown[]) => {
        calls.push([method, ...args]);
        return new Promise((resolve) => waiting.push(resolve));
      },
  });
  const runner = new EffectRunner({
    client,
    installationUrl: 'https://support.acme.com',
    clock,
    random: { fraction: () => 0.5, uuid: () => 'unused' },
    socket: network.factory,
    session: () => current.session,
    happened: async (event) => void events.push(event),
    report: (problem) => reports.push(problem),
    keepAlive: () => {
      keptAlive += 1;
    },
  });
  /** Ends the oldest request under way. */
  const answer = async (outcome: unknown) => {
    waiting.shift()?.(outcome);
    await clock.settle();
  };
  return { runner, clock, network, calls, events, reports, answer, current, keptAlive: () => keptAlive };
}
