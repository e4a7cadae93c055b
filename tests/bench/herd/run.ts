// `npm run bench:herd [-- clients [runs]]`: ten thousand clients lose their installation together, and come back by our
// policy and by that of @rails/actioncable, on a virtual clock. Prints tables as Markdown and writes
// bench-results/herd.json. Not part of the test suite: it judges figures, not code.
import { mkdirSync, writeFileSync } from 'node:fs';
import { printedSeed } from '../../faults/plan-scale';
import { figuresOf, medians } from './figures';
import { cableRestart, morning, outage, type Policy, type Story, tell } from './stories';
import { aboveThePeer, type Told, tablesOf } from './tables';

const minute = 60_000;
/** The name, the story, and whether one run is enough: a long outage costs a minute, and its end is nearly even. */
const stories: readonly [string, Story, 'once'?][] = [
  ['1 down for 20 s', outage(20_000)],
  ['1 down for 60 s', outage(minute)],
  ['1 down for 60 s, 10 % with an open panel', outage(minute, 0.1)],
  ['1 down for 5 min, all with an open panel', outage(5 * minute), 'once'],
  ['1 down for 5 min, 10 % with an open panel', outage(5 * minute, 0.1), 'once'],
  ['1 down for 30 min, all with an open panel', outage(30 * minute), 'once'],
  ['1 down for 30 min, 10 % with an open panel', outage(30 * minute, 0.1), 'once'],
  ['2a web process restarts in 8 s (1006)', outage(8_000)],
  ['2b cable restarts (disconnect frame)', cableRestart],
  ['3 laptops wake within 2 min, nobody tells them', morning(2 * minute, false)],
  ['3 laptops wake within 2 min, the browser tells', morning(2 * minute, true)],
  ['beside: all sockets cut, server up all the time', outage(0)],
];

const clients = Number(process.argv[2] ?? 10_000);
const runs = Number(process.argv[3] ?? 3);
const seed = printedSeed('bench:herd');
const told: Told[] = [];
for (const [name, story, once] of stories) {
  const length = once ? 1 : runs;
  const measure = (policy: Policy) =>
    medians(Array.from({ length }, (_, run) => figuresOf(tell(story, policy, clients, seed + run))));
  told.push({ name, ours: measure('ours'), peer: measure('peer') });
  process.stderr.write(`${name}\n`);
}
console.log(`\n${clients} clients, medians of ${runs} runs (outages from 5 min on: one).\n`);
console.log(tablesOf(told));
console.log(`\n${aboveThePeer(told)}`);
mkdirSync('bench-results', { recursive: true });
writeFileSync(
  'bench-results/herd.json',
  `${JSON.stringify({ seed, clients, runs, stories: told }, null, 2)}\n`,
);
