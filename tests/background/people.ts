// People who sign in and out at a company's page, in front of a whole background and an installation.
import { identifierHash } from '../server/records/inboxes';
import { FakeInstallation } from '../support/fake-installation';
import type { FakePanel } from '../support/fake-panel';
import { FakeBrowser, type FakeLife, fromPage, fromPanel } from '../support/fake-platform';

/** What a page says of somebody, with the hash that its server would make; null: without one. */
export function pageUser(
  identifier: string,
  hash: string | null = identifierHash('hmac', identifier),
): string {
  return JSON.stringify({ identifier, ...(hash && { identifierHash: hash }), name: `${identifier} of Acme` });
}

export class People {
  readonly browser = new FakeBrowser();
  readonly server = new FakeInstallation(this.browser);
  life: FakeLife = this.browser.start();
  #echoes = 0;

  /** The page says who is there; null: nobody. Time passes until the server knows. */
  async signIn(user: string | null, wait = 5_000): Promise<unknown> {
    const answer = await this.life.send({ type: 'user.say', user }, fromPage);
    await this.browser.pass(wait);
    return answer;
  }

  /** A panel at the list, or at a conversation, of who is asking, or of the session named. */
  async open(key: string | null = null, sessionId: string | null = null): Promise<FakePanel> {
    const panel = this.life.connect();
    panel.open(key, 1, 'acme', sessionId);
    await this.browser.pass(1_000);
    return panel;
  }

  /** The id of the session that is asking. */
  async own(): Promise<string> {
    const panel = await this.open();
    const { sessionId } = panel.snapshot?.site ?? {};
    panel.close();
    if (!sessionId) throw new Error('nobody is asking');
    return sessionId;
  }

  /** Writes in a new conversation of a session; does not wait for the server. */
  send(sessionId: string, text: string): Promise<unknown> {
    const number = String(++this.#echoes).padStart(12, '0');
    const echoId = `22222222-2222-4222-8222-${number}`;
    const conversationKey = `33333333-3333-4333-8333-${number}`;
    return this.life.send({ type: 'message.send', sessionId, echoId, conversationKey, text }, fromPanel);
  }

  /** The background is stopped and started again. */
  async restart(): Promise<void> {
    this.life.kill();
    this.life = this.browser.start();
    await this.browser.settle();
  }

  /** What the server has of each contact, by identifier; null: of those that have none. */
  written(identifier: string | null): (string | null)[] {
    return this.server.store.conversations
      .filter(({ session }) => (session.contact.identifier ?? null) === identifier)
      .flatMap(({ messages }) => messages.map(({ content }) => content));
  }

  async keys(prefix = ''): Promise<string[]> {
    return Object.keys(await this.browser.store.read(prefix));
  }
}
