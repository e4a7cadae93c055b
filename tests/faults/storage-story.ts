// One story told over storage that fails: a person writes, an agent answers, the line is cut and comes back, and one
// write of a store, or every one from some point on, is refused or ends the background. Owns the story and what must
// be true in the end; the faults are those of storage-fails.ts.
import type { Result } from '@/lib/messaging/commands';
import { FakeInstallation } from '../support/fake-installation';
import { FakeBrowser, type FakeLife, fromPanel } from '../support/fake-platform';
import { MemoryHistory } from '../support/memory-stores';
import { StorageFails, type StorageFault } from './storage-fails';

const localId = '11111111-1111-4111-8111-111111111111';
/** Longer than a request, its settling and the spacing of full lists together, in ms. */
const enough = 240_000;

export interface Ending {
  /** The fault was met. */
  met: boolean;
  /** What is not as it must be. */
  wrong: string[];
  /** Commands that were answered "not saved". */
  refused: number;
}

/** Tells the story with one fault, then heals everything, and answers how it ended. */
export async function tellWith(fault: StorageFault | null): Promise<Ending> {
  const story = new Story(fault);
  await story.tell();
  return story.end();
}

class Story {
  readonly #history = new MemoryHistory();
  readonly browser = new FakeBrowser(this.#history);
  readonly server = new FakeInstallation(this.browser);
  readonly storage: StorageFails;
  #life!: FakeLife;
  #panel!: ReturnType<FakeLife['connect']>;
  /** What the person wrote, with the echo id under which it is to be sent. */
  readonly #written: { text: string; echoId: string; result: Result<null> | null }[] = [];
  #refused = 0;
  readonly #answer = this.browser.answer;

  constructor(fault: StorageFault | null) {
    this.storage = new StorageFails(this.browser, this.#history, fault);
  }

  /** The background as it runs; begun again, with what was not answered, if it was stopped. */
  async #go(ms = 1_000): Promise<void> {
    await this.browser.pass(ms);
    for (let lives = 0; this.#life.dead && lives < 2; lives += 1) {
      this.#start();
      await this.browser.pass(ms);
    }
  }

  #start(): void {
    this.#life = this.browser.start();
    this.#panel = this.#life.connect();
    this.#panel.open(localId);
    for (const one of this.#written) if (one.result === null) this.#ask(one);
  }

  #ask(one: { text: string; echoId: string; result: Result<null> | null }): void {
    const { text, echoId } = one;
    const command = { type: 'message.send', sessionId: 's1', echoId, conversationKey: localId, text };
    void this.#life.send(command, fromPanel).then((answer) => {
      one.result = answer as Result<null>;
      if (one.result.ok) return;
      // The text is back in the composer: the person sends it again later, as another message.
      this.#refused += 1;
      one.echoId = one.echoId.replace(/^./, (digit) => String(Number(digit) + 1));
    });
  }

  async #write(text: string): Promise<void> {
    const echoId = `1000000${this.#written.length}-0000-4000-8000-000000000000`;
    const one = { text, echoId, result: null };
    this.#written.push(one);
    this.#ask(one);
    await this.#go();
  }

  #cut(): void {
    this.browser.answer = async () => {
      throw new TypeError('no network');
    };
    for (const socket of this.browser.network.alive) socket.drop();
  }

  async tell(): Promise<void> {
    this.#start();
    await this.#go();
    await this.#write('Hello');
    if (this.server.store.conversations.length > 0) this.server.reply('How can I help?');
    await this.#go();
    await this.#write('It broke');
    await this.#write('It broke');
    this.#cut();
    await this.#write('Are you there?');
    this.browser.answer = this.#answer;
    if (this.server.store.conversations.length > 0) this.server.reply('Yes');
    await this.#go(60_000);
  }

  async end(): Promise<Ending> {
    const met = this.storage.met;
    this.storage.heal();
    await this.#go(enough);
    for (const one of this.#written) {
      if (one.result?.ok === false) {
        one.result = null;
        this.#ask(one);
        await this.#go(enough);
      }
    }
    await this.#go(enough);
    this.#life.kill();
    this.#start();
    await this.#go(60_000);
    return { met, wrong: await this.#wrong(), refused: this.#refused };
  }

  /** The messages that the panel shows when its reader has scrolled up to the first one. */
  async #shown(): Promise<number[]> {
    const conversationId = this.server.store.conversations[0]?.id ?? 0;
    for (let scrolls = 0; scrolls < 3; scrolls += 1) {
      void this.#life.send({ type: 'history.loadOlder', sessionId: 's1', conversationId }, fromPanel);
      await this.browser.pass(1_000);
    }
    const later = this.#panel.patches.flatMap((patch) =>
      patch.type === 'messages.changed' ? patch.messages : [],
    );
    const ids = [...(this.#panel.snapshot?.window?.messages ?? []), ...later].map(({ id }) => id);
    return [...new Set(ids)].sort((a, b) => a - b);
  }

  async #wrong(): Promise<string[]> {
    const wrong: string[] = [];
    const check = (what: string, is: unknown, mustBe: unknown) => {
      if (JSON.stringify(is) !== JSON.stringify(mustBe))
        wrong.push(`${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(mustBe)}`);
    };
    const { conversations, sessions } = this.server.store;
    const messages = conversations.flatMap((conversation) => conversation.messages);
    const own = messages.filter(({ message_type }) => message_type === 0).map(({ content }) => content);
    check('own messages on the server', own.toSorted(), this.#written.map(({ text }) => text).toSorted());
    check('conversations and contacts', [conversations.length, sessions.length], [1, 1]);
    check('unanswered', this.#written.filter(({ result }) => !result?.ok).length, 0);
    const ids = messages.map(({ id }) => id);
    check('shown', await this.#shown(), ids);
    check('outbox shown', this.#panel.snapshot?.outbox, []);
    const items = Object.keys(await this.browser.store.read('session/'));
    check(
      'left in the record',
      items.filter((key) => /outbox|settled/.test(key)),
      [],
    );
    const sessionId = items[0]?.split('/')[1] ?? '';
    const id = conversations[0]?.id ?? 0;
    const rows = await this.browser.history.page(sessionId, id, null, 99);
    // What was evicted for want of room is at the server.
    const kept = (await this.browser.history.isCut(sessionId, id)) ? rows.length : ids.length;
    check(
      'in the history',
      rows.map(({ messageId }) => messageId),
      ids.slice(ids.length - kept),
    );
    return wrong;
  }
}
