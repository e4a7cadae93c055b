// A day in the life of one client while something is wrong: what it asks for, hour by hour, and what a panel that is
// open for the first hour of it is told. On the fake clock, the background and the server in the same process.
import type { LinkView, OutboxEntry } from '@/lib/core/types';
import { FakeInstallation } from '../support/fake-installation';
import { FakeBrowser, fromPanel } from '../support/fake-platform';

const minute = 60_000;
const hour = 60 * minute;
const uuid = (n: number) => `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const local = uuid(9);

export type Answer = FakeBrowser['answer'];

export interface Day {
  browser: FakeBrowser;
  server: FakeInstallation;
  /** Requests of each hour since it went wrong, as `GET messages`. */
  hours: string[][];
  /** Sockets of each hour. */
  sockets: number[];
  /** What the panel's strip was told, in order, without repetitions. */
  links: LinkView['name'][];
  /** The outbox as the panel saw it last. */
  outbox: Pick<OutboxEntry, 'text' | 'status' | 'failure'>[];
}

export interface Trouble {
  /** What requests get instead of what the server answers. */
  answer?: (real: Answer) => Answer;
  /** The handshake of the cable fails, or nothing is ever confirmed. */
  cable?: 'refused' | 'silent';
  /** Something that happens on the server at the beginning. */
  begin?: (server: FakeInstallation) => void;
}

/**
 * A conversation exists and its panel is open; then the trouble begins, and one message is written there and one in a
 * new conversation. After an hour the panel is closed. At the end all is well again, and a panel is opened.
 */
export async function liveThrough(trouble: Trouble, hours: number): Promise<Day> {
  const browser = new FakeBrowser();
  const server = new FakeInstallation(browser);
  const { clock, network } = browser;
  const life = browser.start();
  const send = (n: number, conversationKey: string, text: string) =>
    void life.send(
      { type: 'message.send', sessionId: 's1', echoId: uuid(n), conversationKey, text },
      fromPanel,
    );
  let panel = life.connect();
  panel.open(local);
  send(1, local, 'before');
  await browser.pass(10_000);

  const whole = { answer: browser.answer, onSocket: network.onSocket };
  const day: Day = { browser, server, hours: [], sockets: [], links: [], outbox: [] };
  let asked: string[] = [];
  const answer = trouble.answer?.(whole.answer) ?? whole.answer;
  browser.answer = async (url, init) => {
    asked.push(`${init.method} ${new URL(url).pathname.split('/').at(-1)}`);
    return answer(url, init);
  };
  if (trouble.cable) {
    network.onSocket = (socket) =>
      void Promise.resolve().then(() => {
        if (trouble.cable === 'refused') return socket.drop();
        socket.open();
        socket.receive({ type: 'welcome' });
      });
    for (const socket of network.alive) socket.drop();
  }
  trouble.begin?.(server);
  const id = server.store.conversations.at(-1)?.id ?? 1;
  send(2, String(id), 'meanwhile');
  send(3, uuid(8), 'elsewhere');
  for (let passed = 0; passed < hours; passed += 1) {
    network.sockets.length = 0;
    await clock.elapseSettled(hour / 2);
    if (passed === 0) note(day, panel);
    await clock.elapseSettled(hour / 2);
    if (passed === 0) panel.close();
    day.hours.push(asked);
    day.sockets.push(network.sockets.length);
    asked = [];
  }
  browser.answer = whole.answer;
  network.onSocket = whole.onSocket;
  panel = life.connect();
  panel.open(null);
  await browser.pass(5 * minute);
  note(day, panel);
  return day;
}

function note(day: Day, panel: ReturnType<ReturnType<FakeBrowser['start']>['connect']>): void {
  const links = panel.patches.flatMap((patch) => (patch.type === 'link.changed' ? [patch.link.name] : []));
  for (const name of [panel.snapshot?.link.name ?? 'idle', ...links])
    if (day.links.at(-1) !== name) day.links.push(name);
  const entries = new Map((panel.snapshot?.outbox ?? []).map((entry) => [entry.echoId, entry]));
  for (const patch of panel.patches) {
    if (patch.type === 'outbox.changed') entries.set(patch.entry.echoId, patch.entry);
    if (patch.type === 'outbox.removed') entries.delete(patch.echoId);
  }
  day.outbox = [...entries.values()].map(({ text, status, failure }) => ({ text, status, failure }));
}
