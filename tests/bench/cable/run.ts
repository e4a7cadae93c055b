// `npm run bench:cable [-- quick]`: ours and the two clients that everybody uses lose a real Action Cable in every way
// that a network has, in turn, while ten messages a second are written. Prints tables as Markdown and writes
// bench-results/cable.json. Not part of the test suite: it judges figures, not code.

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { ensureActionCable } from '../../action-cable/real-server';
import { printedSeed } from '../../faults/plan-scale';
import { seededRandom } from '../../server/testing/seeded-random';
import { Fleet } from './fleet';
import { startInstallation } from './installation';
import { planRounds, quick, type Round, whole } from './plan';
import { type Kind, kinds } from './protocol';
import { figuresOf, type Measured, resultsOf } from './results';
import { playRound } from './round';
import { tablesOf } from './tables';

await ensureActionCable();
const amount = process.argv.includes('quick') ? quick : whole;
const seed = printedSeed('bench:cable');
const chance = seededRandom(seed);
const groups = planRounds(amount);
const startedAt = Date.now();
const delay = monitorEventLoopDelay();
const loads: number[] = [];
const measured: Measured[] = [];

const installation = await startInstallation(seed);
const fleets = new Map<Kind, Fleet>();
for (const [index, kind] of kinds.entries()) {
  const fleet = await Fleet.start(kind, amount.clients, seed + index, installation);
  fleet.reported = await installation.next();
  fleets.set(kind, fleet);
}
delay.enable();
async function play(round: Round): Promise<void> {
  const fleet = fleets.get(round.kind) as Fleet;
  const outcome = await playRound(round, fleet, installation, chance());
  measured.push({ ...round, ...outcome });
  const slowest = Math.max(...outcome.samples.map(({ back }) => back ?? Number.POSITIVE_INFINITY));
  console.log(`${measured.length} ${round.kind} ${round.what}: all back after ${slowest.toFixed()} ms`);
}

console.log(`${groups.flat().length} rounds:`);
for (const group of groups) {
  await Promise.all(group.map(play));
  loads.push(loadavg()[0] ?? 0);
}
delay.disable();

const results = resultsOf(measured);
const machine = {
  node: process.version,
  cores: cpus().length,
  load: { least: Math.min(...loads), most: Math.max(...loads) },
  /** Milliseconds by which the bench itself, its proxies and the HTTP server were late. */
  lateBy: { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 },
  messagesPerSecond: rateOf([...installation.written.values()]),
  minutes: (Date.now() - startedAt) / 60_000,
};
console.log(`\n${tablesOf(results)}\n`);
console.log(machine);
mkdirSync('bench-results', { recursive: true });
const record = { seed, amount, machine, figures: figuresOf(results), ...results, measured };
writeFileSync('bench-results/cable.json', `${JSON.stringify(record, null, 1)}\n`);
for (const fleet of fleets.values()) await fleet.stop();
await installation.stop();

function rateOf(times: readonly number[]): number {
  return (1_000 * (times.length - 1)) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
}
