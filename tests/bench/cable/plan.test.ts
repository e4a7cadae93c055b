import { expect, test } from 'vitest';
import { drops, planRounds, quick, situationOf, whole } from './plan';
import { kinds } from './protocol';

const groups = planRounds(whole);
const rounds = groups.flat();
const clientsOf = (kind: string, situation: string) =>
  whole.clients *
  rounds.filter((round) => round.kind === kind && situationOf(round.what) === situation).length;

test('drops our clients at least a thousand times, and those of each peer at least a hundred times', () => {
  expect(clientsOf('ours', 'drop')).toBeGreaterThanOrEqual(1_000);
  for (const peer of kinds.slice(1)) expect(clientsOf(peer, 'drop')).toBeGreaterThanOrEqual(100);
});

test('breaks everybody equally often in the other ways', () => {
  for (const kind of kinds) {
    expect(clientsOf(kind, 'half-open')).toBe(whole.halfOpen * whole.clients);
    expect(clientsOf(kind, 'outage')).toBe(whole.outages * whole.clients);
  }
});

test('has each kind dropped in every way, in turn', () => {
  for (const kind of kinds) {
    const ways = rounds.filter((round) => round.kind === kind && situationOf(round.what) === 'drop');
    expect(ways.slice(0, 4).map(({ what }) => what)).toEqual(drops);
    expect(ways.slice(4, 7).map(({ what }) => what)).toEqual(drops.slice(0, 3));
  }
});

test('takes ours and the peers in turn, and never plays ours beside a peer', () => {
  const order = groups.map((group) => group.map(({ kind }) => kind).join(' and '));
  const peers = kinds.slice(1).join(' and ');
  const block = [...Array(whole.oursPerBlock).fill('ours'), peers];
  const rest = Array(whole.halfOpen + whole.outages).fill(['ours', peers]);
  expect(order).toEqual([...Array(whole.blocks).fill(block).flat(), ...rest.flat()]);
});

test('keeps the installation away in an outage only', () => {
  for (const { what, awayFor } of rounds) expect(awayFor).toBe(what === 'outage' ? 20_000 : 0);
});

test('drops everybody, and ours in every way, in a quick run', () => {
  const rounds = planRounds(quick).flat();
  expect(new Set(rounds.map(({ kind }) => kind)).size).toBe(kinds.length);
  const ways = rounds.filter(({ kind }) => kind === 'ours').map(({ what }) => what);
  expect(ways).toEqual([...drops, 'half-open']);
});
