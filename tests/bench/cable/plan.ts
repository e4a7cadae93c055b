// What is done to whom, and in which order. Pure.

import { type Kind, kinds } from './protocol';

/** In how many ways a connection ends at once: a reset, an orderly end, one side only, inside a frame. */
export const drops = ['rst', 'fin', 'half-close', 'cut'] as const;
/** What is done to all clients of a fleet. `half-open`: sockets that stay open and carry nothing; new ones work. */
export type Break = (typeof drops)[number] | 'half-open' | 'outage';
/** The breaks that stand in one line of the tables. */
export type Situation = 'drop' | 'half-open' | 'outage';

export interface Round {
  kind: Kind;
  what: Break;
  /** How long nobody can connect, in milliseconds; 0 but for an outage. */
  awayFor: number;
  /** Whether a block begins: the conversation is opened anew before it. */
  opens: boolean;
}

export interface Amount {
  clients: number;
  blocks: number;
  /** Rounds of ours for one of each peer. */
  oursPerBlock: number;
  halfOpen: number;
  outages: number;
  /** Milliseconds. */
  outage: number;
}

export const whole: Amount = {
  clients: 16,
  blocks: 7,
  oursPerBlock: 9,
  // @rails/actioncable polls, so its times are spread over 6 s: fewer samples do not tell 0.68 from 0.70.
  halfOpen: 15,
  outages: 4,
  outage: 20_000,
};
/** For trying the bench out, in a minute and a half. An outage alone would take another one. */
export const quick: Amount = {
  clients: 4,
  blocks: 1,
  oursPerBlock: 4,
  halfOpen: 1,
  outages: 0,
  outage: 0,
};

export function situationOf(what: Break): Situation {
  return what === 'half-open' || what === 'outage' ? what : 'drop';
}

/**
 * The rounds of a run, in groups that are played at the same time: ours alone, the peers together. Kinds take turns, and
 * so do the ways of dropping, for each kind in the same order.
 */
export function planRounds({ blocks, oursPerBlock, halfOpen, outages, outage }: Amount): Round[][] {
  const groups: Round[][] = [];
  const peers = kinds.filter((kind) => kind !== 'ours');
  const add = (group: readonly Kind[], what: Break, opens: boolean) =>
    groups.push(group.map((kind) => ({ kind, what, awayFor: what === 'outage' ? outage : 0, opens })));
  const wayOf = (count: number) => drops[count % drops.length] ?? 'rst';
  for (let block = 0; block < blocks; block += 1) {
    for (let round = 0; round < oursPerBlock; round += 1)
      add(['ours'], wayOf(block * oursPerBlock + round), round === 0);
    add(peers, wayOf(block), false);
  }
  const both = (count: number, what: Break) => {
    for (let round = 0; round < count; round += 1)
      for (const group of [['ours'] as const, peers]) add(group, what, true);
  };
  both(halfOpen, 'half-open');
  both(outages, 'outage');
  return groups;
}
