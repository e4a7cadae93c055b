// The process of one fleet: so many clients of one kind, started, asked and listened to by the bench. Ends with it.

import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../../server/testing/seeded-random';
import { now } from './clock';
import { startOurs } from './our-client';
import { startPeer } from './peer-client';
import type { Assignment, BenchClient, Command, FromFleet, Shown } from './protocol';

const lookEvery = 20;
let clients: BenchClient[] = [];

const say = (words: FromFleet) => process.send?.(words);

async function start(assignment: Assignment): Promise<void> {
  // All that any of the three draws by lot comes from here.
  Math.random = seededRandom(assignment.seed);
  const { kind } = assignment;
  const starting = Array.from({ length: assignment.clients }, (_, client) => {
    const tell = (type: 'lost' | 'live') => say({ type, client, at: now() });
    return kind === 'ours' ? startOurs(client, assignment, tell) : startPeer(kind, client, assignment, tell);
  });
  clients = await Promise.all(starting);
}

async function settle(messageId: number, patience: number): Promise<void> {
  const settled = (client: BenchClient) => client.shownAt(messageId) !== undefined && client.isQuiet();
  const end = now() + patience;
  while (!clients.every(settled) && now() < end) await wait(lookEvery);
}

function report(after: number, upTo: number): Shown[][] {
  return clients.map((client) =>
    client
      .shown()
      .filter((id) => id > after && id <= upTo)
      .map((id) => [id, client.shownAt(id) ?? Number.NaN]),
  );
}

async function obey(command: Command): Promise<Shown[][]> {
  if (command.type === 'start') await start(command.assignment);
  if (command.type === 'settle') await settle(command.messageId, command.patience);
  if (command.type === 'reopen') for (const client of clients) client.reopen();
  return command.type === 'report' ? report(command.after, command.upTo) : [];
}

process.on('message', (command: Command) => {
  void obey(command).then((value) => say({ type: 'answer', value }));
});
process.on('disconnect', () => process.exit());
