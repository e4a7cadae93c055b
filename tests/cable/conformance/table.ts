// `npm run conformance:peers`: the cases of the suite for ours and for the two clients that everybody uses, on both
// servers, as a table in Markdown. It measures: a client that does not pass a case fails nothing here.

import { setTimeout as wait } from 'node:timers/promises';
import { ensureActionCable } from '../../action-cable/real-server';
import { anycableClient } from './anycable-client';
import { type Case, cases } from './cases';
import type { ClientKind } from './client';
import { ourClient } from './our-client';
import { railsClient } from './rails-client';
import { startInMemory, startReal } from './servers';
import { onStage } from './stage';

const clients: readonly ClientKind[] = [ourClient, railsClient, anycableClient];

/** Milliseconds from the start of one case to that of the next. */
const APART = 250;

/** 'pass', or what the client did not do. */
type Verdict = string;

/** One client on a server of its own: what concerns everybody there after all the rest, which goes side by side. */
async function playAll(kind: ClientKind, start: typeof startReal): Promise<Map<Case, Verdict>> {
  const server = await start();
  const verdicts = new Map<Case, Verdict>();
  const play = async (one: Case) => {
    try {
      await onStage(server, kind, one.play);
      verdicts.set(one, 'pass');
    } catch (error) {
      verdicts.set(one, (error as Error).message);
    }
  };
  const playing: Promise<void>[] = [];
  for (const one of cases.filter(({ everybody }) => !everybody)) {
    playing.push(play(one));
    // All at once, they would keep this process busy for longer than ours waits for a welcome.
    await wait(APART);
  }
  await Promise.all(playing);
  for (const one of cases.filter(({ everybody }) => everybody)) await play(one);
  await server.stop();
  return verdicts;
}

/** One column: both servers in one cell, apart where they differ. */
async function column(kind: ClientKind): Promise<(one: Case) => string> {
  const [real, inMemory] = await Promise.all([playAll(kind, startReal), playAll(kind, startInMemory)]);
  return (one) => {
    const [onReal, onOurs] = [real.get(one), inMemory.get(one)];
    return onReal === onOurs ? `${onReal}` : `Action Cable: ${onReal}; tests/server: ${onOurs}`;
  };
}

await ensureActionCable();
const columns = await Promise.all(clients.map(column));
console.log(
  `\n| case, on Action Cable and on tests/server | ${clients.map(({ name }) => name).join(' | ')} |`,
);
console.log(`|---${'|---'.repeat(clients.length)}|`);
for (const one of cases) console.log(`| ${one.name} | ${columns.map((cell) => cell(one)).join(' | ')} |`);
const passed = columns.map((cell) => cases.filter((one) => cell(one) === 'pass').length);
console.log(`| passed on both, of ${cases.length} | ${passed.join(' | ')} |`);
// The peers' timers outlive their clients.
process.exit();
