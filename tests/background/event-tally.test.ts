// Events that are not known are counted, and told of without a flood of words.
import { expect, it } from 'vitest';
import { createEventTally } from '@/lib/background/event-tally';

function rig() {
  const reports: string[] = [];
  return { reports, count: createEventTally((problem) => reports.push(problem)) };
}

it('tells of the first, the tenth and the hundredth of each kind', () => {
  const { reports, count } = rig();
  for (let times = 0; times < 250; times++) count('call.started');
  count('contact.merged');
  expect(reports).toEqual([
    'events that are not known: 1 call.started',
    'events that are not known: 10 call.started',
    'events that are not known: 100 call.started',
    'events that are not known: 1 contact.merged',
  ]);
});

it('repeats nothing that does not look like a name, and knows no more names than it needs', () => {
  const { reports, count } = rig();
  for (const text of ['', 'token=abc123', 'x'.repeat(61)]) count(text);
  for (let one = 0; one < 60; one++)
    count(`event.${'abcdefghijklmnopqrstuvwxyz'[one % 26]}${'_'.repeat(one)}`);
  expect(reports).toHaveLength(51);
  expect(reports[0]).toBe('events that are not known: 1 without a name of ours');
  expect(reports.join()).not.toMatch(/abc123|xxx/);
  expect(reports.at(-1)).toBe('events that are not known: 10 without a name of ours');
});
