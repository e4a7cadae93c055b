// In the browser: reads hostile messages of 20,000 characters, twice as long ones, and beside it lets marked read them.
import { marked } from 'marked';
import { render } from 'preact';
import { readMarkdown } from '@/components/markdown';
import { RichText } from '@/components/rich-text';
import { pathological } from '../hostile-text/pathological';

export interface Reading {
  kind: string;
  /** Milliseconds, one a round. */
  read: number[];
  /** Read, drawn and laid out. */
  drawn: number[];
  /** Of twice the text. */
  twice: number[];
  marked: number[];
}

const root = document.body.appendChild(document.createElement('div'));

function timed(run: () => void): number {
  const from = performance.now();
  run();
  return performance.now() - from;
}

function draw(text: string): void {
  render(<RichText text={text} />, root);
  root.getBoundingClientRect();
}

/** marked gives up on some, by running out of stack. */
function besides(text: string): void {
  try {
    marked.parse(text, { async: false });
  } catch {}
}

Object.assign(globalThis, {
  measureReading(rounds: number): Reading[] {
    const readings = Object.keys(pathological).map(
      (kind): Reading => ({ kind, read: [], drawn: [], twice: [], marked: [] }),
    );
    // The first round warms all up.
    for (let round = 0; round <= rounds; round++) {
      for (const reading of readings) {
        const make = pathological[reading.kind] ?? String;
        const [text, long] = [make(20_000), make(40_000)];
        const times = {
          read: timed(() => readMarkdown(text)),
          twice: timed(() => readMarkdown(long)),
          drawn: timed(() => draw(text)),
          marked: timed(() => besides(text)),
        };
        render(null, root);
        if (round === 0) continue;
        for (const what of ['read', 'twice', 'drawn', 'marked'] as const) reading[what].push(times[what]);
      }
    }
    return readings;
  },
});
