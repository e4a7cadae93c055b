// What may happen in a run, as fast-check's commands over a small model: what a person, an agent, the browser and the
// network do. Every command leaves the world in a state in which the promises that hold at any time are checked.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { World } from './world';
import type { Network } from './world-line';

/** All that the commands have to know to make sense. */
export interface Model {
  open: boolean;
  network: Network;
}

type Step = fc.AsyncCommand<Model, World>;

function step<T>(
  name: string,
  argument: fc.Arbitrary<T>,
  run: (world: World, argument: T, model: Model) => unknown,
  check: (model: Model) => boolean = () => true,
): fc.Arbitrary<Step> {
  return argument.map((value) => ({
    check: (model) => check(model),
    run: async (model, world) => {
      await run(world, value, model);
      await world.clock.settle();
      await verifyAlways(world);
    },
    toString: () => `${name}(${JSON.stringify(value) ?? ''})`,
  }));
}

async function verifyAlways(world: World): Promise<void> {
  for (const device of [world.a, world.b]) {
    const underWay = (await world.outbox(device))
      .filter(({ status }) => status === 'sending' || status === 'uncertain')
      .map(({ conversationKey }) => conversationKey);
    expect(underWay, 'one message of a conversation is under way').toEqual([...new Set(underWay)]);
  }
}

/** What was accepted is shown while its conversation is open. */
async function sees(world: World, writing: Promise<string | null>): Promise<void> {
  const echoId = await writing;
  const { panel } = world.a;
  if (echoId === null || panel === null || !world.checker.isAccepted(echoId)) return;
  const shown = [
    ...panel.outbox.saving.value,
    ...panel.state.outbox.value.values(),
    ...(panel.state.window.value?.messages ?? []),
  ];
  expect(
    shown.map((each) => each.echoId),
    'an accepted message is shown',
  ).toContain(echoId);
}

const nothing = fc.constant(undefined);
/** Few, so that the same words are often sent again. */
const word = fc.constantFrom('yes', 'no', 'hello?');
const target = fc.nat(3);
const isOpen = ({ open }: Model) => open;

const send = step('send', fc.record({ to: target, text: word }), async (world, { to, text }, model) => {
  model.open = true;
  await sees(world, world.write(to, text));
});

const sendTwice = step(
  'sendTwice',
  fc.record({ to: target, text: word }),
  async (world, { to, text }, model) => {
    model.open = true;
    await world.write(to, text);
    await sees(world, world.write(to, text));
  },
);

const begin = step('begin', word, async (world, text, model) => {
  model.open = true;
  await sees(world, world.begin(text));
});

/**
 * The other device has words of its own. The same words from two devices between one's baseline read and its settle
 * read are the known residue (design §6), which outbox-residue.test.ts counts. Nor does it begin conversations: one
 * that is still empty tells as little about who began it.
 */
const sendElsewhere = step('sendElsewhere', fc.record({ to: target, text: word }), (world, { to, text }) =>
  world.write(to, `${text} (phone)`, world.b),
);

const sendSame = step('sendSame', fc.record({ to: target, text: word }), (world, { to, text }) =>
  world.writeSame(to, text),
);

const change = step(
  'change',
  fc.record({ index: fc.nat(5), how: fc.constantFrom('retry' as const, 'discard' as const) }),
  (world, { index, how }) => {
    const { panel } = world.a;
    const entries = how === 'retry' ? world.failed : [...(panel?.state.outbox.value.keys() ?? [])];
    const echoId = entries[index % Math.max(1, entries.length)];
    if (echoId !== undefined) panel?.outbox[how](echoId);
  },
  isOpen,
);

const look = step('look', target, (world, to) => world.look(to), isOpen);
const open = step('open', nothing, async (world, _, model) => {
  model.open = true;
  await world.open();
});
const close = step(
  'close',
  nothing,
  (world, _, model) => {
    model.open = false;
    world.a.closePanel();
  },
  isOpen,
);
const closeElsewhere = step('closeElsewhere', nothing, (world) => world.b.closePanel());
const reply = step(
  'reply',
  fc.record({ to: target, count: fc.integer({ min: 1, max: 25 }) }),
  (world, { to, count }) => world.reply(to, count),
);
const pass = step('pass', fc.constantFrom(1, 50, 400, 2_000, 10_000, 40_000, 80_000, 700_000), (world, ms) =>
  world.pass(ms),
);
const stop = step('stop', fc.integer({ min: 1, max: 14 }), (world, steps) => world.a.dieIn(steps));
const stopElsewhere = step('stopElsewhere', fc.integer({ min: 1, max: 14 }), (world, steps) =>
  world.b.dieIn(steps),
);
const crash = step('crash', fc.boolean(), (world, keepsAlarms, model) => {
  model.open = false;
  world.a.crash(keepsAlarms);
});
const loseHistory = step('loseHistory', nothing, (world) => world.a.loseHistory());
const cut = step(
  'cut',
  fc.constantFrom<Network>('stopped', 'offline', 'silent'),
  (world, network, model) => {
    model.network = network;
    world.setNetwork(world.lines[0], network);
  },
  ({ network }) => network === 'up',
);
const restore = step(
  'restore',
  nothing,
  (world, _, model) => {
    model.network = 'up';
    world.setNetwork(world.lines[0], 'up');
  },
  ({ network }) => network !== 'up',
);
const hurt = step('hurt', fc.constantFrom('drop' as const, 'silence' as const), (world, how) =>
  world.lines[0][how](),
);

/** Named as often as they are to come, beside each other. */
export const steps: fc.Arbitrary<Step>[] = [
  ...[
    send,
    send,
    send,
    send,
    send,
    send,
    sendTwice,
    sendTwice,
    begin,
    sendElsewhere,
    sendElsewhere,
    sendSame,
  ],
  ...[pass, pass, pass, pass, pass, pass, stop, stop, stop, stopElsewhere, crash, loseHistory],
  ...[change, change, look, open, close, close, closeElsewhere, reply, reply],
  ...[cut, restore, restore, hurt, hurt],
];
