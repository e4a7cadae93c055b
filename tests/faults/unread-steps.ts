// What may happen while messages come and are read, as fast-check's commands: what a person, an agent, the browsers and the
// network do. After every one of them, what is promised at any time is checked.
import fc from 'fast-check';
import type { Browser } from './unread-browser';
import type { UnreadWorld } from './unread-world';

export type Step = fc.AsyncCommand<object, UnreadWorld>;

function step<T>(
  name: string,
  argument: fc.Arbitrary<T>,
  run: (world: UnreadWorld, argument: T) => unknown,
): fc.Arbitrary<Step> {
  return argument.map((value) => ({
    check: () => true,
    run: async (_, world) => {
      await run(world, value);
      // Two changes of a message within one millisecond have the same version (contract §6.1): their order is not known.
      await world.pass(1);
      world.plan.note('actions');
      world.verify();
    },
    toString: () => `${name}(${JSON.stringify(value) ?? ''})`,
  }));
}

const nothing = fc.constant(undefined);
const to = fc.nat(4);
const at = fc.nat(2);
const screenOf = (world: UnreadWorld, index: number) =>
  world.screens[index] as UnreadWorld['screens'][number];
const isA = fc.boolean();
const browserOf = ({ a, b }: UnreadWorld, first: boolean): Browser => (first ? a : b);
const mostly = fc.nat(3).map((luck) => luck > 0);

const reply = step(
  'reply',
  fc.record({ to, count: fc.integer({ min: 1, max: 3 }) }),
  (world, { to, count }) => world.reply(to, count),
);
const toggleStatus = step('toggleStatus', to, (world, to) => world.toggleStatus(to));
const agentBegins = step('agentBegins', nothing, (world) => world.agentBegins());
const agentTypes = step('agentTypes', fc.record({ to, on: fc.boolean() }), (world, { to, on }) =>
  world.agentTypes(to, on),
);
const remove = step('remove', fc.record({ to, nth: fc.nat(3) }), (world, { to, nth }) =>
  world.remove(to, nth),
);

const go = step('go', fc.record({ at, to, atEnd: mostly }), (world, { at, to, atEnd }) =>
  world.go(screenOf(world, at), to, atEnd),
);
const list = step('list', at, (world, at) => world.go(screenOf(world, at), -1, false));
const scroll = step('scroll', fc.record({ at, atEnd: mostly }), (world, { at, atEnd }) =>
  screenOf(world, at).scroll(atEnd),
);
const show = step('show', fc.record({ at, visible: mostly }), (world, { at, visible }) =>
  screenOf(world, at).show(visible),
);
const open = step('open', at, (world, at) => screenOf(world, at).open());
const close = step('close', at, (world, at) => screenOf(world, at).close());
const focus = step(
  'focus',
  fc.record({ isA, windowId: fc.constantFrom(1, 1, 2, null) }),
  (world, { isA, windowId }) => browserOf(world, isA).focus(windowId),
);
const write = step('write', at, (world, at) => world.write(screenOf(world, at)));
const type = step('type', fc.record({ at, text: fc.constantFrom('H', 'Hi', '') }), (world, { at, text }) =>
  world.type(screenOf(world, at), text),
);
const pass = step('pass', fc.constantFrom(1, 50, 400, 1_000, 2_000, 5_000), (world, ms) => world.pass(ms));
const passLong = step('passLong', fc.constantFrom(20_000, 90_000), (world, ms) => world.pass(ms));
const drop = step('drop', isA, (world, isA) => world.lines[isA ? 0 : 1]?.drop());
const stop = step('stop', fc.record({ isA, steps: fc.nat(8) }), (world, { isA, steps }) =>
  world.stop(browserOf(world, isA), steps),
);

/** Named as often as they are to come, beside each other. */
export const steps: fc.Arbitrary<Step>[] = [
  ...[reply, reply, reply, reply, reply, toggleStatus, agentBegins, agentTypes, remove],
  ...[
    go,
    go,
    go,
    go,
    go,
    list,
    list,
    scroll,
    scroll,
    show,
    show,
    open,
    open,
    open,
    close,
    focus,
    focus,
    focus,
  ],
  ...[write, write, type, type, type, type],
  ...[pass, pass, pass, pass, pass, pass, pass, pass, passLong, drop, stop],
];
