// A verified contact with a browser of two windows and one of another profile, an installation, and a way between them on
// which things go wrong. Makes happen what the person, an agent, the browsers and the network do; the judge watches.
import { createSession } from '../server/actions/contact-actions';
import { actorTyping, createConversation } from '../server/actions/conversation-actions';
import { writeAsAgent } from '../server/actions/message-actions';
import { deleteMessage } from '../server/actions/message-changes';
import { changeStatus } from '../server/actions/status-actions';
import type { Agent, Conversation } from '../server/records/records';
import { FakeInstallation } from '../support/fake-installation';
import { Checker } from './checker';
import { type FrameFault, Plan, type RequestFault } from './plan';
import { Browser, type Screen } from './unread-browser';
import { UnreadJudge, unreadAt } from './unread-judge';
import { WorldClock } from './world-clock';
import { frameWay, Line } from './world-line';

const second = 1_000;

/**
 * The faults that the contract leaves a chance: a request that the server carries out a minute after it was given up marks as
 * read what came meanwhile, and leaves typing on; and so does one that leaves while a frame is under way for that long.
 */
class MildPlan extends Plan {
  override frame(): FrameFault {
    const fault = super.frame();
    return fault === 'muchDelayed' ? 'delayed' : fault;
  }

  override request(): RequestFault {
    if (!this.oneIn(8, 'request failed')) return 'none';
    return this.oneOf('refused', 'lostBefore', 'lostAfter', 'errorBefore', 'errorAfter', 'slow');
  }
}

export class UnreadWorld {
  readonly clock = new WorldClock();
  readonly plan: Plan;
  readonly a: Browser;
  readonly b: Browser;
  readonly screens: readonly Screen[];
  readonly server: FakeInstallation;
  readonly lines: readonly Line[];
  readonly judge: UnreadJudge;
  readonly #agent: Agent;
  #made = 0;

  private constructor(seed: number) {
    this.plan = new MildPlan(seed);
    const checker = new Checker(this.plan);
    this.a = new Browser('a', [1, 2], this.clock, checker);
    this.b = new Browser('b', [1], this.clock, checker);
    const browsers = [this.a, this.b];
    this.screens = browsers.flatMap(({ screens }) => screens);
    this.server = new FakeInstallation(this.a);
    this.server.serve(this.b);
    const { world, store } = this.server;
    world.messagesPerMinute = Number.POSITIVE_INFINITY;
    const [agent] = world.agents;
    if (!agent) throw new Error('there is no agent');
    this.#agent = agent;
    this.judge = new UnreadJudge(this.plan, store, browsers);
    for (const browser of browsers) this.judge.watchServer(browser);
    this.lines = browsers.map((browser) => new Line(browser, this.clock, this.plan, checker));
    for (const browser of browsers) this.judge.watchBrowser(browser);
    frameWay(this.server, this.lines, this.plan, this.clock);
  }

  static async begin(seed: number): Promise<UnreadWorld> {
    const world = new UnreadWorld(seed);
    const { world: installation } = world.server;
    const [inbox] = installation.inboxes;
    if (!inbox) throw new Error('there is no inbox');
    for (const browser of [world.a, world.b]) {
      const source = `${browser.letter}1111111-0000-4000-8000-000000000000`;
      const session = createSession(installation, inbox, { source_id: source, identifier: 'ada' });
      // As if its hash had been checked: from now on it hears of all the contact's conversations.
      session.hmac_verified = true;
      const { pubsub_token: pubsubToken, contact } = session;
      await browser.prepare({ sourceId: source, pubsubToken, contactId: contact.id, name: contact.name });
    }
    world.agentBegins();
    world.agentBegins();
    return world;
  }

  async pass(ms: number): Promise<void> {
    await this.clock.elapseSettled(ms);
    for (const browser of [this.a, this.b]) browser.rested();
  }

  #conversation(to: number): Conversation {
    const { conversations } = this.server.store;
    return conversations[to % conversations.length] as Conversation;
  }

  reply(to: number, count: number): void {
    const { id } = this.#conversation(to);
    for (let each = 0; each < count; each += 1) this.server.reply(`Answer ${++this.#made}`, id);
  }

  toggleStatus(to: number): void {
    const conversation = this.#conversation(to);
    const status = conversation.status === 'open' ? 'resolved' : 'open';
    changeStatus(this.server.world, conversation, status, this.#agent);
  }

  agentBegins(): void {
    const { world, store } = this.server;
    const [session] = store.sessions;
    if (!session || store.conversations.length >= 5) return;
    const conversation = createConversation(world, session, {}, this.#agent);
    const draft = { content: 'May I ask you something?', attachments: [], private: false };
    writeAsAgent(world, conversation, this.#agent, {
      ...draft,
      content_type: 'text',
      content_attributes: {},
    });
  }

  agentTypes(to: number, on: boolean): void {
    actorTyping(this.server.world, this.#conversation(to), { by: this.#agent, on, isPrivate: false });
  }

  /** The agent deletes one of its newest messages. */
  remove(to: number, nth: number): void {
    const conversation = this.#conversation(to);
    const mine = conversation.messages.filter(({ message_type }) => message_type === 1);
    const message = mine.at(-1 - nth);
    if (message) deleteMessage(this.server.world, conversation, message, this.#agent);
  }

  /** A panel goes to one of its conversations, or to the list. */
  go(screen: Screen, to: number, atEnd: boolean): void {
    if (!screen.isOpen) return;
    const ids = [...screen.state.conversations.value.keys()];
    screen.go(ids[to] === undefined ? null : String(ids[to]), atEnd);
  }

  async type(screen: Screen, text: string): Promise<void> {
    const { key: conversationKey, browser } = screen;
    if (screen.isOpen && conversationKey !== null)
      await browser.ask({ type: 'draft.change', conversationKey, text });
  }

  /** Sends a message; from the list, in a new conversation. */
  async write(screen: Screen): Promise<void> {
    if (!screen.isOpen) return;
    const echoId = this.#uuid();
    if (screen.key === null && this.server.store.conversations.length < 5) screen.go(this.#uuid(), true);
    const { key: conversationKey } = screen;
    if (conversationKey === null) return;
    const text = `Question ${++this.#made}`;
    await screen.browser.ask({ type: 'message.send', echoId, conversationKey, text });
  }

  #uuid(): string {
    return `22222222-2222-4222-8222-${String(++this.#made).padStart(12, '0')}`;
  }

  /** The background is stopped: now, or at one of its next steps. */
  stop(browser: Browser, steps: number): void {
    if (steps > 0) browser.dieIn(steps);
    else if (!browser.asleep) browser.wake().kill();
  }

  /** Throws when something is wrong now. */
  verify(): void {
    const { problems } = this.judge;
    const reports = [...this.a.reports, ...this.b.reports].filter((one) =>
      one.includes('could not be handled'),
    );
    if (problems.length + reports.length > 0) throw new Error([...problems, ...reports].join('\n'));
  }

  /** Every fault ends, somebody sits before every browser, at the list, and time passes until nothing waits any more. */
  async heal(): Promise<void> {
    this.plan.ill = false;
    for (const browser of [this.a, this.b]) {
      browser.diesAt = null;
      for (const screen of browser.screens) {
        screen.open();
        screen.go(null, false);
        screen.show(true);
      }
      browser.focus(1);
    }
    await this.pass(240 * second);
    this.judge.settled();
    this.verify();
    await this.#readEverything();
    this.judge.settled(true);
    this.verify();
    for (const to of [0, 1, 1]) this.reply(to, 2);
    this.toggleStatus(0);
    await this.pass(40 * second);
    this.judge.settled(true);
    this.verify();
  }

  /** All that is unread anywhere is read where it is unread. */
  async #readEverything(): Promise<void> {
    for (const { screens } of [this.a, this.b]) {
      const [screen] = screens as [Screen];
      for (const { id, unread } of [...screen.state.conversations.value.values()]) {
        if (unread.length === 0) continue;
        screen.go(String(id), true);
        await this.pass(7 * second);
      }
      screen.go(null, false);
      await this.pass(40 * second);
    }
    const left = this.server.store.conversations.flatMap(unreadAt);
    if (left.length > 0) this.judge.wrong(`unread: ${left.map(({ id }) => id)} although everything was read`);
  }
}
