// The story that is told again and again: everything that sending, receiving and merging consists of, by a person, an
// agent and a network. Owns who does what and when, not what must be true in the end.
import { changeMessage, deleteMessage } from '../server/actions/message-changes';
import { changeStatus } from '../server/actions/status-actions';
import type { Conversation, Message } from '../server/records/records';
import { fromPanel } from '../support/fake-platform';
import { type Outcome, outcomeOf } from './stops-outcome';
import { points } from './stops-points';
import { stored } from './stops-storage';
import { StopsWorld } from './stops-world';

export interface Told extends Outcome {
  /** Every point passed, in order. */
  passed: string[];
  stoppedAt: string | null;
}

/** Longer than an alarm, a request and its settling together, in ms. */
const untilAllIsDone = 240_000;

/** Tells the story, and stops the background once where it is told to; `alone`: with nobody left but the alarm. */
export async function tell(diesAt: { point: string; nth: number } | null, alone = false): Promise<Told> {
  points.passed = [];
  points.diesAt = diesAt && { ...diesAt };
  points.life = { dead: true, busy: 0 };
  const world = new StopsWorld(alone);
  const promises: string[] = [];
  const story = new Story(world, promises);
  for (const step of story.steps) {
    // What comes long after the stop tells nothing new.
    if (world.stoppedAt !== null) break;
    await step();
    stored.refusesIn = 0;
    if (!alone || world.stoppedAt === null) continue;
    // Whatever was promised arrives although nobody comes back.
    await world.browser.pass(untilAllIsDone);
    const there = [...story.texts];
    for (const text of world.accepted) {
      const at = there.indexOf(text);
      if (at < 0) promises.push(`${text} was not sent by the alarm after ${world.stoppedAt}`);
      else there.splice(at, 1);
    }
    await story.comeBack();
  }
  const passed = [...points.passed];
  const outcome = await outcomeOf(world, story);
  outcome.wrong.push(...promises);
  points.life.dead = true; // whatever still goes on is no part of the next story
  return { ...outcome, passed, stoppedAt: world.stoppedAt };
}

const option = { title: 'This', value: 'this' };
export const givenEmail = 'ana@reader.test';
const echo = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export class Story {
  /** What the person wrote, per conversation. */
  readonly said: [string[], string[]] = [[], []];
  readonly draft = { conversation: 1, text: 'and one more th' };
  hasDraft = false;
  /** Messages that ask something. */
  readonly asked: number[] = [];
  /** The second conversation is over for the person. */
  isOver = false;

  constructor(
    readonly world: StopsWorld,
    readonly problems: string[],
  ) {}

  get conversations(): Conversation[] {
    return this.world.server.store.conversations;
  }

  /** The person's words on the server. */
  get texts(): (string | null)[] {
    return this.conversations.flatMap(({ messages }) =>
      messages.filter(({ message_type }) => message_type === 0).map(({ content }) => content),
    );
  }

  /** The person opens the panel again and writes anew what is nowhere to be seen. */
  async comeBack(): Promise<void> {
    const { world } = this;
    if (!world.panel) world.openPanel();
    await world.browser.pass(1_000);
    for (const [index, said] of this.said.entries()) {
      const there = this.#wordsIn(index);
      for (const text of said.slice(there.length)) await this.#say(index, text);
    }
    if (this.hasDraft) await this.#write();
    await this.#act();
  }

  readonly steps: (() => Promise<void>)[] = [
    () => this.#begins(),
    () => this.#writes(0, 'Hello'),
    () => this.#agentFindsNoRoom(),
    () => this.#writes(0, 'yes', 'yes'),
    () => this.#agentChanges(),
    () => this.#leavesBriefly(),
    () => this.#missesMuch(),
    () => this.#isStoppedIdle(),
    () => this.#writes(1, 'Something else'),
    () => this.#drafts(),
    () => this.#answers(),
    () => this.#writesInto('answer lost', 'Did this arrive?'),
    () => this.#writesInto('request lost', 'And this?'),
    () => this.#silence(),
    () => this.#closes(),
    () => this.#agent('Are you still there?'),
  ];

  /** Storage is locked at first; the page shows its button, and the person clicks on it. */
  async #begins(): Promise<void> {
    const { world } = this;
    world.browser.failReads = 1;
    world.browser.tabs.push({ url: 'https://app.acme.com/inbox', windowId: 1, heard: [] });
    void this.#ask({ type: 'button.show' });
    await world.browser.pass(3_000);
    void this.#ask({ type: 'panel.toggle' });
    world.openPanel();
    await world.browser.pass(1_000);
  }

  /** A content script asks again when it got no answer. */
  async #ask(message: unknown): Promise<void> {
    for (let tries = 0; tries < 2; tries += 1) if (await this.world.command(message)) return;
  }

  async #writes(index: number, ...texts: string[]): Promise<void> {
    this.said[index]?.push(...texts);
    for (const text of texts) this.#say(index, text);
    await this.world.browser.pass(6_000);
  }

  async #say(index: number, text: string): Promise<void> {
    const { panel } = this.world;
    if (!panel) return;
    this.#open(index);
    const key = panel.thread.key.value ?? '';
    panel.drafts.change(key, text);
    panel.sendDraft(key);
  }

  #open(index: number): void {
    const { panel } = this.world;
    const id = this.conversations[index]?.id;
    const isNew = panel?.thread.key.value !== null && panel?.thread.conversation.value === null;
    if (id !== undefined && panel?.thread.key.value !== String(id)) panel?.openConversation(String(id));
    else if (id === undefined && !isNew) panel?.newConversation();
    panel?.thread.scrolled(true);
  }

  #wordsIn(index: number): string[] {
    const { panel } = this.world;
    const conversation = this.conversations[index];
    const own = conversation?.messages.filter(({ message_type }) => message_type === 0) ?? [];
    const keys = [
      String(conversation?.id),
      ...(index >= this.conversations.length ? [panel?.thread.key.value] : []),
    ];
    const waiting = [...(panel?.state.outbox.value.values() ?? [])].filter(({ conversationKey }) =>
      keys.includes(conversationKey),
    );
    return [...own.map(({ content }) => content ?? ''), ...waiting.map(({ text }) => text)];
  }

  async #agent(...texts: string[]): Promise<void> {
    for (const text of texts) this.#reply(text);
    await this.world.browser.pass(9_000);
  }

  /** Several frames at once, of which one save fails as a whole. */
  async #agentFindsNoRoom(): Promise<void> {
    stored.refusesIn = 2;
    await this.#agent('Hi, what can I do for you?', 'One moment.');
  }

  /** Without a panel and with nothing to do; an answer comes meanwhile, and an item of the record breaks. */
  async #isStoppedIdle(): Promise<void> {
    this.world.closePanel();
    await this.world.browser.pass(3_000);
    this.world.stopIdle();
    const [key] = Object.keys(await stored.area.read('session/'));
    const prefix = key?.split('/').slice(0, 2).join('/');
    await stored.area.write({ [`${prefix}/draft/99`]: 'broken' }, []);
    this.#reply('One more thing.');
    this.world.openPanel();
    await this.world.browser.pass(45_000);
  }

  #reply(text: string): void {
    const [first] = this.conversations;
    if (first) this.world.server.reply(text, first.id);
  }

  #byAgent(): Message[] {
    return this.conversations[0]?.messages.filter(({ message_type }) => message_type === 1) ?? [];
  }

  /** An edit, a deletion, and a conversation that is resolved. */
  async #agentChanges(): Promise<void> {
    const { world } = this.world.server;
    const [agent] = world.agents;
    const [conversation] = this.conversations;
    const [edited, deleted] = this.#byAgent();
    if (!agent || !conversation || !edited || !deleted) throw new Error('the agent has not written yet');
    changeMessage(world, conversation, edited, { content: 'Hi! What can I do for you?' }, agent);
    deleteMessage(world, conversation, deleted, agent);
    changeStatus(world, conversation, 'resolved', agent);
    await this.world.browser.pass(3_000);
  }

  /** The cable is gone for a moment in which nothing happens: the list did not change. */
  async #leavesBriefly(): Promise<void> {
    this.world.cable('lost');
    this.world.cable('back');
    await this.world.browser.pass(45_000);
  }

  /** More than two pages of messages, an edit and a deletion while the cable is lost. */
  async #missesMuch(): Promise<void> {
    this.world.cable('lost');
    for (let count = 1; count <= 25; count += 1) this.#reply(`News ${count}`);
    const { world } = this.world.server;
    const [conversation] = this.conversations;
    const [edited] = this.#byAgent();
    const [agent] = world.agents;
    if (conversation && edited && agent)
      changeMessage(world, conversation, edited, { content: 'Hi!' }, agent);
    await this.world.browser.pass(3_000);
    this.world.cable('back');
    await this.world.browser.pass(45_000);
    this.#open(0);
    this.world.panel?.thread.showOlder();
    this.world.panel?.thread.showOlder();
    await this.world.browser.pass(3_000);
  }

  /** A choice, an e-mail address and a conversation that is over: what is not acted on yet is acted on. */
  async #answers(): Promise<void> {
    const { server, browser } = this.world;
    const id = this.conversations[0]?.id;
    this.asked.push(
      server.ask('input_select', 'Which one?', { items: [option] }, id),
      server.ask('input_email', 'Your e-mail?', {}, id),
    );
    await browser.pass(3_000);
    this.isOver = true;
    await this.#act();
    await browser.pass(9_000);
  }

  async #act(): Promise<void> {
    const [choice, email] = this.asked;
    if (choice) await this.#answer(choice, { kind: 'option', option });
    if (email) await this.#answer(email, { kind: 'email', email: givenEmail });
    const last = this.conversations[1];
    if (this.isOver && last && last.status !== 'resolved')
      await this.#command({ type: 'conversation.resolve', echoId: echo(0), conversationId: last.id });
  }

  async #answer(messageId: number, answer: object): Promise<void> {
    if (this.#byAgent().find(({ id }) => id === messageId)?.content_attributes.submitted_values) return;
    const conversationId = this.conversations[0]?.id;
    const command = { type: 'message.answer', conversationId, messageId, answer, mayMerge: true };
    await this.#command({ ...command, echoId: echo(messageId) });
  }

  /** A panel asks again when it got no answer; the background knows an echo id that it has seen. */
  async #command(command: object): Promise<void> {
    const { world } = this;
    const sessionId = world.panel?.state.site.value?.sessionId;
    for (let tries = 0; tries < 2; tries += 1)
      if (world.panel && (await world.command({ ...command, sessionId }, fromPanel))) return;
  }

  async #drafts(): Promise<void> {
    this.hasDraft = true;
    await this.#write();
  }

  async #write(): Promise<void> {
    this.#open(this.draft.conversation);
    const { panel } = this.world;
    const key = panel?.thread.key.value ?? '';
    panel?.drafts.focused(key);
    panel?.drafts.change(key, this.draft.text);
    await this.world.browser.pass(1_000);
    panel?.drafts.focused(null);
    panel?.back();
    await this.world.browser.pass(1_000);
  }

  /** A message whose request is broken while the cable is lost; then the cable is back. */
  async #writesInto(fault: 'answer lost' | 'request lost', text: string): Promise<void> {
    this.world.cable('lost');
    this.world.fault = fault;
    await this.#writes(0, text);
    await this.world.browser.pass(90_000);
    this.world.fault = null;
    this.world.cable('back');
    await this.world.browser.pass(15_000);
  }

  /** The server greets and never confirms: the token is asked for again. */
  async #silence(): Promise<void> {
    this.world.cable('silent');
    await this.world.browser.pass(24_000);
  }

  /** A second panel is gone before it is open; the first is closed by the button. */
  async #closes(): Promise<void> {
    const first = this.world.panel;
    const second = this.world.openPanel();
    const from = points.passed.length;
    const isAsked = () => points.passed.indexOf('a panel says view.open', from) >= 0;
    for (let turns = 0; turns < 100 && !isAsked(); turns += 1) await Promise.resolve();
    second.stop();
    this.world.panel = first;
    await this.#ask({ type: 'panel.toggle' });
    this.world.closePanel();
    await this.world.browser.pass(3_000);
  }
}
