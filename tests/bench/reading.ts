// R10: how long a message of 20,000 characters takes to be read, whatever it is, beside marked.
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import type { Reading } from './reading-page';
import { compare, percentile } from './stats';

declare function measureReading(rounds: number): Reading[];

const p50 = (values: number[]) => percentile({ values }, 0.5);
const shown = 5;

/** The kinds that take longest, with ordinary prose; one line for each, and one for their growth. */
export async function measureMessages(
  page: Page,
  rounds: number,
): Promise<Record<string, ReturnType<typeof compare>>> {
  const bundle = await build({
    entryPoints: [resolve('tests/bench/reading-page.tsx')],
    ...{ bundle: true, write: false, minify: true, format: 'iife', target: 'esnext' },
    ...{ jsx: 'automatic', jsxImportSource: 'preact', alias: { '@': resolve('.') } },
  });
  await page.goto('about:blank');
  await page.evaluate(bundle.outputFiles[0]?.text ?? '');
  const readings = await page.evaluate((count) => measureReading(count), rounds);
  const slowest = readings.toSorted((a, b) => p50(b.read) - p50(a.read)).slice(0, shown);
  const prose = readings.filter(({ kind }) => kind === 'prose');
  const of = ({ read }: Reading) => ({ values: read });
  const growth = (reading: Reading) => p50(reading.twice) / p50(reading.read);
  const grows = readings.filter(({ read }) => p50(read) > 1).toSorted((a, b) => growth(b) - growth(a));
  return Object.fromEntries([
    ...[...prose, ...slowest].flatMap((reading) => [
      [`R10 read: ${reading.kind}, beside marked`, compare(of(reading), { values: reading.marked })],
      [
        `R10 read and drawn: ${reading.kind}, beside reading`,
        compare({ values: reading.drawn }, of(reading)),
      ],
    ]),
    ...grows
      .slice(0, shown)
      .map((reading) => [
        `R10 twice the text: ${reading.kind}`,
        compare({ values: reading.twice }, of(reading)),
      ]),
  ]);
}
