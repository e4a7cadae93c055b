// What may happen while people come and go, as fast-check's commands: what a page, a person, an agent, the browser and the
// network do. After every one of them, what is promised at any time is checked.
import fc from 'fast-check';
import { arriveLate, type LateCommand } from './people-late';
import { type Hash, known, type Person } from './people-who';
import type { PeopleWorld } from './people-world';

type Step = fc.AsyncCommand<object, PeopleWorld>;

function step<T>(
  name: string,
  argument: fc.Arbitrary<T>,
  run: (world: PeopleWorld, argument: T) => unknown,
): fc.Arbitrary<Step> {
  return argument.map((value) => ({
    check: () => true,
    run: async (_, world) => {
      await run(world, value);
      await world.settle();
      world.plan.note('steps');
      await world.verify();
    },
    toString: () => `${name}(${JSON.stringify(value) ?? ''})`,
  }));
}

const nothing = fc.constant(undefined);
/** How long things are given, in ms. */
const wait = fc.constantFrom(500, 5_000, 20_000, 90_000);
const index = fc.nat(3);
const hash = fc.constantFrom<Hash>('right', 'right', 'right', 'none', 'wrong');
const person = fc.record({ identifier: fc.constantFrom('ada', 'ben', 'cleo'), hash });
const somebody = person.map(({ identifier, hash }): Person => known(identifier, hash));
const anybody = fc.oneof({ weight: 3, arbitrary: somebody }, { weight: 1, arbitrary: fc.constant(null) });

const signIn = step('signIn', somebody, (world, person) => world.comes(person));
const signOut = step('signOut', nothing, (world) => world.comes(null));
const sayAgain = step('sayAgain', nothing, (world) =>
  world.comes(world.device.now.identifier === null ? null : world.device.now),
);
const attributes = step('attributes', nothing, (world) => world.attributes());
const changeStopped = step(
  'changeStopped',
  fc.record({ who: anybody, steps: fc.integer({ min: 1, max: 20 }) }),
  async (world, { who, steps }) => {
    await world.look();
    world.stop(steps);
    await world.comes(who);
  },
);
const changeWhileOpening = step('changeWhileOpening', anybody, async (world, who) => {
  await world.look();
  await world.comes(who, () => world.look());
});
const changeWhileSending = step(
  'changeWhileSending',
  fc.record({ who: anybody, sendsFirst: fc.boolean() }),
  async (world, { who, sendsFirst }) => world.crossing(await world.look(), who, sendsFirst),
);
const changeMidPost = step(
  'changeMidPost',
  fc.record({ to: index, ms: fc.constantFrom(0, 20, 400, 2_500), who: anybody }),
  async (world, { to, ms, who }) => {
    await world.write(await world.look(), to);
    await world.pass(ms);
    await world.comes(who);
  },
);
const chat = step('chat', fc.record({ to: index, ms: wait }), async (world, { to, ms }) => {
  await world.write(await world.look(), to);
  await world.pass(ms);
});
const arrive = step('arrive', fc.record({ who: somebody, ms: wait }), async (world, { who, ms }) => {
  await world.comes(who);
  await world.pass(ms);
});
/** Somebody unknown writes, says who they are, and may go on where they began. */
const turnOut = step(
  'turnOut',
  fc.record({ who: somebody, ms: wait, goesOn: fc.boolean() }),
  async (world, { who, ms, goesOn }) => {
    await world.comes(null);
    await world.write(await world.look(), 0);
    await world.pass(ms);
    await world.comes(who);
    const before = goesOn && (await world.lookBack());
    if (before) await world.write(before, 0);
    await world.pass(ms);
  },
);
/** Somebody leaves with words unsent, and comes back after somebody else was there. */
const comeBack = step(
  'comeBack',
  fc.record({ who: somebody, meanwhile: anybody, ms: wait }),
  async (world, { who, meanwhile, ms }) => {
    await world.comes(who);
    await world.pass(ms);
    world.cut('stopped');
    await world.write(await world.look(), 0);
    await world.comes(meanwhile);
    world.cut('up');
    await world.pass(ms);
    await world.comes(who);
  },
);
const look = step('look', nothing, (world) => world.look());
const lookAt = step('lookAt', index, async (world, to) => {
  const { conversations } = await world.look();
  const conversation = conversations[to % Math.max(1, conversations.length)];
  if (conversation) await world.look(String(conversation.id));
});
const lookBack = step('lookBack', index, async (world, to) => {
  const { conversations = [] } = (await world.lookBack()) ?? {};
  const conversation = conversations[to % Math.max(1, conversations.length)];
  if (conversation) await world.lookBack(String(conversation.id));
});
const send = step('send', index, async (world, to) => world.write(await world.look(), to));
const sendBack = step('sendBack', index, async (world, to) => {
  const before = await world.lookBack();
  if (before) await world.write(before, to);
});
const draft = step('draft', index, async (world, to) => world.draft(await world.look(), to));
const decide = step(
  'decide',
  fc.record({ index, sends: fc.boolean(), back: fc.boolean() }),
  async (world, { index, sends, back }) => {
    const shown = (back && (await world.lookBack())) || (await world.look());
    await world.decide(shown, index, sends);
  },
);
const rename = step('rename', nothing, async (world) => world.rename(await world.look()));
const late = step(
  'late',
  fc.record({
    what: fc.constantFrom<LateCommand>('send', 'draft', 'rename', 'open', 'look', 'decide'),
    index: fc.nat(7),
  }),
  (world, { what, index }) => arriveLate(world, what, index),
);
const reply = step('reply', fc.nat(9), (world, to) => world.reply(to));
const pass = step('pass', fc.constantFrom(1, 50, 400, 2_000, 10_000, 40_000, 80_000), (world, ms) =>
  world.pass(ms),
);
const passLong = step('passLong', fc.constantFrom(200_000, 700_000), (world, ms) => world.pass(ms));
const day = 86_400_000;
const sleep = step('sleep', fc.constantFrom(day / 24, day, 3 * day, 10 * day), (world, ms) =>
  world.sleep(ms),
);
const stop = step('stop', fc.integer({ min: 0, max: 14 }), (world, steps) => world.stop(steps));
const drop = step('drop', fc.boolean(), (world, silent) => world.line[silent ? 'silence' : 'drop']());
const network = step(
  'network',
  fc.constantFrom('stopped' as const, 'offline' as const, 'silent' as const),
  (world, network) => world.cut(network),
);
const restore = step('restore', nothing, (world) => world.cut('up'));
const forget = step('forget', nothing, async (world) => world.forget((await world.look()).site.sessionId));

/** Named as often as they are to come, beside each other. */
export const steps: fc.Arbitrary<Step>[] = [
  ...[signIn, signIn, arrive, arrive, signOut, signOut, sayAgain, attributes, turnOut, turnOut, comeBack],
  ...[changeStopped, changeStopped, changeWhileOpening, changeWhileSending, changeMidPost, changeMidPost],
  ...[look, lookAt, lookAt, lookBack, lookBack, send, send, chat, chat, chat, chat, sendBack, sendBack],
  ...[draft, draft, decide, decide, decide, rename, late, late, late, reply, reply, reply],
  ...[pass, pass, pass, pass, pass, passLong, sleep, stop, stop, stop, drop, network, restore, restore],
  forget,
];
