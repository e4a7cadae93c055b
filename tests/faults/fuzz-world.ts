// A background that a fuzzed other side is let loose on: a browser of fakes, a server of a few lines that can be told
// to answer nonsense, and the judgement of what must hold whatever came. Owns no values: they come from outside.

import { commitOf } from '@/lib/background/repository';
import type { Persisted } from '@/lib/core/state';
import type { Message } from '@/lib/core/types';
import { parseUpdate } from '@/lib/messaging/update-schema';
import { conversation, message, persisted, session } from '../background/samples';
import { write } from '../background/seeded';
import * as samples from '../carbonchat/samples';
import type { FakePanel } from '../support/fake-panel';
import { FakeBrowser, type FakeLife, fromPanel } from '../support/fake-platform';
import { textOf } from './fuzz-values';

/** The conversation that all good things are in; nothing that is made up has its number. */
export const home = 70_001;
/** Another conversation that is known, and that nobody looks at. */
export const elsewhere = 70_002;
/** Ids of good messages begin here; mutated neighbours in the same conversation are below. */
const firstGood = 4_000_000;
export const neighbour = 3_000_000;
const startedAt = 1_781_700_000;

export interface Good {
  id: number;
  text: string;
}

export const good = (n: number): Good => ({ id: firstGood + n, text: `Good ${n}` });

/** A good message as HTTP tells it. */
export function httpGood({ id, text }: Good, conversationId = home) {
  const created_at = startedAt + id - firstGood;
  return { ...samples.httpMessage(), id, content: text, conversation_id: conversationId, created_at };
}

/** A good message as a frame tells it. */
export function framedGood({ id, text }: Good) {
  const created_at = startedAt + id - firstGood;
  return { ...samples.messageFrame(), id, content: text, conversation_id: home, created_at };
}

export const httpHome = (messages: unknown[]) => ({ ...samples.httpConversation(), id: home, messages });

/** A session that knows the good conversation and nothing else. */
export function atHome(fields: Partial<Persisted> = {}): Persisted {
  const conversations = { [home]: conversation(home) };
  return persisted({
    session: session({ listEtag: null }),
    conversations,
    syncedTo: { [home]: 1 },
    ...fields,
  });
}

export const storedGood = ({ id, text }: Good) => message(id, { conversationId: home, text });

/** What a request is answered with; `body` is text already. */
export interface RawAnswer {
  status: number;
  body: string;
}

const plain = (value: unknown, status = 200): RawAnswer => ({ status, body: textOf(value) });
/** What the background says of itself when something inside it broke. */
const broke = /could not be handled|failed|could not be saved/;

export class FuzzWorld {
  readonly browser = new FakeBrowser();
  /** What the server has in the good conversation. */
  goods: Good[] = [];
  /** Conversations that it has besides, without messages. */
  listed: number[] = [];
  /** Texts that were posted. */
  posted: string[] = [];
  /** Answers instead of the server's, whatever is asked: null has no answer. */
  instead: (RawAnswer | null)[] = [];
  life!: FakeLife;
  panel!: FakePanel;
  #own = 0;

  constructor() {
    const { browser } = this;
    browser.answer = async (url, init) => {
      const next = this.instead.shift();
      if (next === null) throw new TypeError('the connection broke');
      // Nothing changes at the server unless a case says so.
      const isKnown = new Headers(init.headers as HeadersInit).has('if-none-match');
      const unchanged = isKnown ? { status: 304, body: '' } : null;
      const { status, body } =
        next ?? unchanged ?? this.answer(`${init.method} ${new URL(url).pathname}`, init.body);
      const empty = [204, 205, 304].includes(status);
      return new Response(empty ? null : body, { status });
    };
    browser.network.onSocket = (socket) => {
      const { send } = socket;
      socket.send = (text) => {
        send.call(socket, text);
        const { command, identifier } = JSON.parse(text);
        if (command === 'subscribe') socket.receive({ type: 'confirm_subscription', identifier });
      };
      void Promise.resolve().then(() => {
        if (socket.status === 'closed') return;
        socket.open();
        socket.receive({ type: 'welcome' });
      });
    };
  }

  /** The server. May be replaced by one that lies. */
  answer = (what: string, body: unknown): RawAnswer => {
    const { goods } = this;
    if (what.endsWith('/messages') && what.startsWith('POST')) {
      const text = JSON.parse(String(body)).content;
      this.posted.push(text);
      const own = { ...samples.ownHttpMessage(), content: text, created_at: startedAt + 500 };
      return plain({ ...own, id: firstGood + 900_000 + this.#own++, conversation_id: home });
    }
    const messages = goods.map((one) => httpGood(one));
    if (what.endsWith('/messages')) return plain(messages.slice(-20));
    if (what.startsWith('POST') && what.endsWith('/conversations')) return plain(httpHome([]));
    const others = this.listed.map((id) => ({ ...httpHome([]), id }));
    if (what.endsWith('/conversations')) return plain([httpHome(messages), ...others]);
    if (what.endsWith('/update_last_seen')) return plain('');
    return plain(samples.contact());
  };

  async seed(record: Persisted, messages: readonly Message[] = []): Promise<void> {
    const { store, history } = this.browser;
    await write(store, history, record.session.id, commitOf(null, record, messages));
  }

  /** A background on what is stored, with a panel that shows the good conversation; null: on what is there already. */
  async start(record: Persisted | null = atHome()): Promise<this> {
    if (record) await this.seed(record);
    return this.restart();
  }

  async restart(): Promise<this> {
    this.life?.kill();
    this.life = this.browser.start();
    this.panel = this.life.connect();
    this.panel.open(String(home));
    await this.browser.settle();
    return this;
  }

  /** The socket of a cable that stands; one that was lost is waited for. */
  async socket() {
    const { network } = this.browser;
    for (let tries = 0; network.sockets.at(-1)?.status !== 'open'; tries += 1) {
      if (tries > 20) throw new Error('the cable did not come back');
      await this.life.send({ type: 'link.retry', sessionId: 's1' }, fromPanel);
      await this.browser.pass(3_000);
    }
    return network.socket;
  }

  /** What the panel is shown when it is opened anew at the good conversation. */
  async snapshot() {
    this.panel.open(String(home));
    await this.browser.settle();
    const { snapshot } = this.panel;
    if (!snapshot) throw new Error('the panel got no snapshot');
    return snapshot;
  }

  /** The good messages that the panel is not shown. */
  async missing(wanted: readonly Good[]): Promise<string[]> {
    const shown = new Map((await this.snapshot()).window?.messages.map(({ id, text }) => [id, text]));
    return wanted.filter(({ id, text }) => shown.get(id) !== text).map(({ text }) => text);
  }

  /** A message is accepted: the background still does what it is asked. */
  async accepts(text: string, conversationKey = String(home)): Promise<void> {
    const echoId = `00000000-0000-4000-9000-${String(this.#own++).padStart(12, '0')}`;
    const command = { type: 'message.send', sessionId: 's1', echoId, conversationKey, text };
    const answer = (await this.life.send(command, fromPanel)) as { ok?: unknown };
    if (answer.ok !== true) throw new Error(`a command was refused: ${JSON.stringify(answer)}`);
  }

  /** What is wrong with the background, in words; nothing where all is well. */
  problems(): string[] {
    const { reports } = this.browser;
    const unreadable = this.panel.updates.filter((update) => parseUpdate(update) === null);
    return [
      ...reports.filter((report) => broke.test(report)),
      ...unreadable.map((update) => `the panel cannot read ${JSON.stringify(update).slice(0, 300)}`),
      ...(Object.keys(Object.prototype).length > 0 ? ['the prototype of all objects was changed'] : []),
    ];
  }

  /** What the background wrote and could not read again. */
  rejected(): string[] {
    return this.browser.reports.filter((report) => report.includes('stored'));
  }
}

/** Runs a case; a rejection that nobody handles is an error of the case, and of nothing else. */
export async function watched(work: () => Promise<void>): Promise<void> {
  const unhandled: unknown[] = [];
  const others = process.rawListeners('unhandledRejection') as NodeJS.UnhandledRejectionListener[];
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => unhandled.push(reason));
  try {
    await work();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of others) process.on('unhandledRejection', listener);
  }
  if (unhandled.length > 0) throw new Error(`nobody handled a rejection: ${String(unhandled[0])}`);
}
