// The promise of the outbox under everything that can go wrong: nothing lost, nothing twice, in order.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { idOf } from '@/lib/core/types';
import { CoreServer } from '../support/core-server';
import { CoreWorld } from '../support/core-world';

type Command =
  | { do: 'send'; to: number; text: string }
  | { do: 'reply'; to: number; count: number }
  | { do: 'pass'; ms: number }
  | { do: 'drop' }
  | { do: 'restart' }
  | { do: 'open' }
  | { do: 'close' }
  | { do: 'outage' }
  | { do: 'return' };

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      to: fc.nat(3),
      text: fc.constantFrom('yes', 'no', 'hello'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('reply' as const),
      to: fc.nat(3),
      count: fc.integer({ min: 1, max: 30 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(1, 100, 1_000, 10_000, 60_000, 700_000),
    }),
  },
  {
    weight: 5,
    arbitrary: fc
      .constantFrom(
        'drop' as const,
        'restart' as const,
        'open' as const,
        'close' as const,
        'outage' as const,
        'return' as const,
      )
      .map((name) => ({ do: name })),
  },
);

interface Run {
  server: CoreServer;
  world: CoreWorld;
  /** The echo ids of each conversation in the order of acceptance. */
  accepted: Map<string, string[]>;
}

function simulate(server: CoreServer, seed: number, commands: readonly Command[]): Run {
  const world = new CoreWorld(server, seed);
  const accepted = new Map<string, string[]>();
  world.restart();
  for (const [step, each] of commands.entries()) {
    if (each.do === 'send') {
      // Even conversations are named by the key under which they were begun, odd ones by the newest one.
      const local = `local-${each.to}`;
      const known = world.state.creations[local]?.conversationId;
      const key = known && each.to % 2 === 1 ? String(known) : local;
      const echoId = `echo-${step}`;
      accepted.set(local, [...(accepted.get(local) ?? []), echoId]);
      world.happened({ type: 'message.submitted', echoId, conversationKey: key, text: each.text });
    } else if (each.do === 'reply') {
      const ids = [...server.conversations.keys()];
      const id = ids[each.to % ids.length];
      for (let reply = 0; id !== undefined && reply < each.count; reply += 1) {
        server.commit(id, `reply ${step}.${reply}`, null, world.at);
      }
    } else if (each.do === 'open') {
      const [id = null] = Object.keys(world.state.conversations);
      world.happened({ type: 'view.opened', viewId: 'panel', windowId: 1, conversationKey: id });
    } else if (each.do === 'close') world.happened({ type: 'view.closed', viewId: 'panel' });
    else if (each.do === 'drop') world.drop();
    else if (each.do === 'restart') world.restart();
    else if (each.do === 'outage') world.network(false);
    else if (each.do === 'return') world.network(true);
    else world.pass(each.ms);
    verifyAlways(server, world);
  }
  world.heal();
  world.happened({ type: 'view.closed', viewId: 'panel' });
  world.happened({ type: 'view.opened', viewId: 'panel', windowId: 1, conversationKey: null });
  world.pass(20 * 60_000);
  return { server, world, accepted };
}

const sent = (server: CoreServer) =>
  [...server.conversations.values()].map((messages) =>
    messages.flatMap(({ author, echoId }) => (author.kind === 'contact' ? [echoId ?? ''] : [])),
  );

function verifyAlways(server: CoreServer, world: CoreWorld): void {
  const underWay = Object.values(world.state.outbox)
    .filter(({ status }) => status === 'sending' || status === 'uncertain')
    .map(({ conversationKey }) => conversationKey);
  expect(underWay, 'one message of a conversation is under way').toEqual([...new Set(underWay)]);
  for (const { id, messages } of server.list()) {
    const syncedTo = world.state.syncedTo[id] ?? 0;
    const holes = messages.filter((message) => message.id <= syncedTo && !world.history.has(message.id));
    expect(holes, 'there is no hole at or below the watermark').toEqual([]);
  }
}

function verify({ server, world, accepted }: Run): void {
  const stored = sent(server);
  expect(stored.flat().sort(), 'every accepted message is on the server exactly once').toEqual(
    [...accepted.values()].flat().sort(),
  );
  for (const echoIds of accepted.values()) {
    const mine = stored.find((one) => one.includes(echoIds[0] ?? ''))?.filter((one) => echoIds.includes(one));
    expect(mine, 'in the order of acceptance').toEqual(echoIds);
  }
  expect(stored, 'no conversation is created twice or left empty').toHaveLength(
    server.locked ? Math.min(1, accepted.size) : accepted.size,
  );
  expect(world.state.outbox, 'nothing waits any more').toEqual({});
  const onServer = [...server.conversations.values()].flat();
  const told = (message: { id: number; conversationId: number; text: string }) =>
    `${message.conversationId}/${message.id} ${message.text}`;
  expect([...world.history.values()].map(told).sort(), 'the history is what the server has').toEqual(
    onServer.map(told).sort(),
  );
  for (const creation of Object.values(world.state.creations)) {
    expect(idOf(String(creation.conversationId)), 'every conversation has its id').not.toBeNull();
  }
  const { requests, wakes } = world;
  world.pass(10 * 60_000);
  expect([world.requests, world.wakes], 'a healthy and idle session rests').toEqual([requests, wakes]);
}

const commands = fc.array(command, { maxLength: 80, size: 'max' });

it('sends every message exactly once and in order, whatever fails or dies on the way', () => {
  fc.assert(
    fc.property(fc.integer(), fc.boolean(), commands, (seed, locked, list) => {
      verify(simulate(new CoreServer({ locked }), seed, list));
    }),
    { numRuns: 300 },
  );
}, 60_000);

it('bounds what it asks of a server that is away for a day', () => {
  const world = new CoreWorld(new CoreServer(), 1);
  world.ill = false;
  world.restart();
  world.happened({ type: 'message.submitted', echoId: 'one', conversationKey: 'local', text: 'hello' });
  world.pass(10_000);
  world.network(false);
  world.happened({
    type: 'message.submitted',
    echoId: 'two',
    conversationKey: 'local',
    text: 'still there?',
  });
  const { requests, wakes } = world;
  world.pass(24 * 3_600_000);
  expect(world.requests - requests).toBeLessThan(24 * 60 * 6);
  expect(world.wakes - wakes).toBeLessThan(24 * 60 * 12);
});

it('would be seen sending twice if messages could not be found and adopted', () => {
  const doubled = fc.check(
    fc.property(fc.integer(), commands, (seed, list) => {
      const stored = sent(simulate(new CoreServer({ hidesOwn: true }), seed, list).server).flat();
      return new Set(stored).size === stored.length;
    }),
    { numRuns: 50, seed: 1, endOnFailure: true },
  );
  expect(String(doubled.errorInstance)).toContain('returning false');
});
