// A device at which people come and go: the whole background with a panel in front of it, an installation, and a way between
// them on which things go wrong. Makes happen what a person, a page, an agent and the browser do; the judge watches.
import type { OutboxEntry, Session } from '@/lib/core/types';
import type { Command, Result } from '@/lib/messaging/commands';
import type { Snapshot } from '@/lib/messaging/view-updates';
import type { RawSender } from '@/lib/platform/types';
import { FakeInstallation } from '../support/fake-installation';
import { fromPage, fromPanel } from '../support/fake-platform';
import { MemoryHistory } from '../support/memory-stores';
import { Desk, lineTo, type PeopleOptions } from './people-desk';
import { Judge, type Word } from './people-judge';
import { PeoplePanels } from './people-panels';
import { AtDevice, identifierOf, isAnonymous, isProvable, type Person, pageSays, tagOf } from './people-who';
import { Plan } from './plan';
import type { Line, Network } from './world-line';

type PanelCommand = Extract<Command, { sessionId: string }>;
const minute = 60_000;

export class PeopleWorld {
  readonly plan: Plan;
  readonly device = new AtDevice();
  readonly judge: Judge;
  readonly browser: Desk;
  readonly server: FakeInstallation;
  readonly line: Line;
  readonly panels: PeoplePanels;
  readonly #strict: boolean;
  readonly #answers: string[] = [];
  #made = 0;

  constructor(options: PeopleOptions) {
    this.plan = new Plan(options.seed);
    this.#strict = options.strict;
    this.judge = new Judge(this.device, this.plan, options.minds ?? /./);
    this.browser = new Desk(new MemoryHistory(), this.plan);
    this.panels = new PeoplePanels(this.browser, this.judge, this.device);
    this.server = new FakeInstallation(this.browser);
    this.line = lineTo(this.server, this.browser, options);
    const { answer } = this.browser;
    this.browser.answer = (url, init) => {
      if (init.method === 'POST' && url.endsWith('/messages'))
        this.judge.posted(JSON.parse(String(init.body)).content);
      return answer(url, init);
    };
  }

  settle = () => this.browser.settle();

  async pass(ms: number): Promise<void> {
    await this.settle();
    await this.browser.clock.elapseSettled(ms);
    await this.settle();
  }

  /** The computer sleeps; a new background begins when it wakes. */
  async sleep(ms: number): Promise<void> {
    this.stop();
    this.browser.setAlarm(null);
    // Nothing that the server was asked for takes that long.
    await this.browser.clock.elapseSettled(2 * minute);
    this.browser.clock.turnTo(this.browser.clock.now() + ms);
    this.browser.wake().ringAlarm();
    await this.settle();
  }

  /** The browser stops the background: now, or at one of its next steps. */
  stop(steps = 0): void {
    if (steps > 0) this.browser.diesAt = this.browser.steps + steps;
    else if (this.browser.isAwake) this.browser.wake().kill();
  }

  /** What the way to the server is like from now on. */
  cut(network: Network): void {
    this.line.cut(network);
    this.browser.online = network !== 'offline';
    if (network !== 'up') this.plan.note(`network ${network}`);
  }

  #number = () => ++this.#made;

  uuid(): string {
    return `22222222-2222-4222-8222-${String(this.#number()).padStart(12, '0')}`;
  }

  /** Something new to say in the words of somebody. */
  word(tag = this.device.now.tag, late = false): Word {
    return this.judge.typed(`${tag}/${this.#number()}`, late);
  }

  /** Says something to the background; `answer` stays undefined if it is stopped before. */
  #tell(command: Command, from: RawSender): { answer?: Result<unknown> } {
    const told: { answer?: Result<unknown> } = {};
    void this.browser
      .wake()
      .send(command, from)
      .then((answer) => {
        told.answer = answer as Result<unknown>;
      });
    return told;
  }

  /** Says it again to the next background if this one is stopped, as pages and panels do. */
  async #ask(command: Command, from: RawSender): Promise<boolean> {
    for (let times = 0; times < 3; times += 1) {
      const told = this.#tell(command, from);
      await this.settle();
      if (told.answer) return told.answer.ok;
    }
    throw new Error(`${command.type} was never answered`);
  }

  ask(command: PanelCommand): Promise<boolean> {
    return this.#ask(command, fromPanel);
  }

  /** The page says that somebody is there; null: nobody. `meanwhile` happens in the same moment. */
  async comes(person: Person | null, meanwhile: (() => unknown) | null = null): Promise<void> {
    const { device, judge, plan, browser } = this;
    const { now } = device;
    const before = judge.visible;
    const changes = device.comes(person, browser.clock.now());
    if (!changes) plan.note('the same person again');
    else if (person === null) plan.note('sign-outs');
    else plan.note(`sign-ins ${kindOf(person)}`);
    if (changes && person && now.identifier !== null) plan.note('changes of user');
    const after = device.visible();
    judge.visible = new Set([...before, ...after]);
    judge.isComing = changes;
    const user = pageSays(device.now, this.#number());
    const told = this.#tell({ type: 'user.say', user }, fromPage);
    const happens = meanwhile?.();
    await this.settle();
    // While a background is stopped nobody is told; the page says it again.
    if (!told.answer && !(await this.#ask({ type: 'user.say', user }, fromPage)))
      judge.wrong(`${device.now.tag} could not come`);
    judge.visible = after;
    judge.isComing = false;
    await happens;
  }

  /** The page says what else it knows. */
  async attributes(): Promise<void> {
    const { tag } = this.device.now;
    const attributes = JSON.stringify({ asked: `${tag}/${this.#number()}` });
    await this.#ask({ type: 'user.attributes', attributes }, fromPage);
  }

  /** The panel that is open, at the list or at a conversation. */
  look(key: string | null = null): Promise<Snapshot> {
    return this.panels.look(key);
  }

  /** The panel of what was written before the sign-in; null: there is none. */
  lookBack(key: string | null = null): Promise<Snapshot | null> {
    return this.panels.lookBack(key);
  }

  /** Writes in one of the conversations that are shown, or in a new one. */
  async write({ site, conversations, outbox, past }: Snapshot, to: number): Promise<Word> {
    const keys = [...conversations.map(({ id }) => String(id)), ...outbox.map((one) => one.conversationKey)];
    const conversationKey = [...new Set(keys)][to] ?? this.uuid();
    const tag = this.panels.owners.get(site.sessionId) ?? this.device.now.tag;
    const word = this.word(past.role === 'own' ? this.device.now.tag : tag);
    this.plan.note(past.role === 'own' ? 'sends' : 'sends in what was before');
    await this.send(site.sessionId, conversationKey, word);
    return word;
  }

  /** Two people at one moment: the panel of the first sends while the second comes. */
  async crossing({ site }: Snapshot, comes: Person | null, sendsFirst: boolean): Promise<void> {
    const { tag } = this.device.now;
    // What comes after them finds its session ended, as do the first words of somebody unknown: they may come to nothing.
    const word = this.word(tag, !sendsFirst || isAnonymous(tag));
    this.plan.note('sends while somebody comes');
    // A session that the server has not heard of stays the same when its person signs in.
    if (isAnonymous(word.tag) && comes && !sendsFirst) word.releasedBy.add(comes.tag);
    const send = () => this.send(site.sessionId, this.uuid(), word);
    if (!sendsFirst) return this.comes(comes, send);
    const sent = send();
    await this.comes(comes);
    await sent;
  }

  async send(sessionId: string, conversationKey: string, word: Word): Promise<void> {
    const echoId = this.uuid();
    const { text } = word;
    word.accepted = await this.ask({ type: 'message.send', sessionId, echoId, conversationKey, text });
    if (!word.accepted) this.plan.note('sends refused');
  }

  async draft({ site, conversations }: Snapshot, to: number): Promise<void> {
    const conversationKey = String(conversations[to]?.id ?? '33333333-3333-4333-8333-333333333333');
    const { text } = this.word(this.panels.owners.get(site.sessionId), true);
    this.plan.note('drafts');
    await this.ask({ type: 'draft.change', sessionId: site.sessionId, conversationKey, text });
  }

  /** The person says what is to become of a message that was held, or failed. */
  async decide({ site, outbox, past }: Snapshot, index: number, sends: boolean): Promise<void> {
    const resting = outbox.filter(({ status }) => status === 'held' || status === 'failed');
    const entry = resting[index % Math.max(1, resting.length)];
    const word = entry && this.judge.words.get(entry.text);
    if (!entry || !word) return;
    this.plan.note(`${entry.status} ${sends ? 'sent' : 'discarded'}`);
    const { echoId } = entry;
    const { sessionId } = site;
    if (sends && past.role === 'own') word.releasedBy.add(this.device.now.tag);
    if (!sends) word.discarded = true;
    await this.ask({ type: sends ? 'message.retry' : 'message.discard', sessionId, echoId });
  }

  async rename({ site }: Snapshot): Promise<void> {
    const owner = await this.#ownerOf(site.sessionId);
    const changes = { name: `${identifierOf(owner)} of Acme ${this.#number()}` };
    await this.ask({ type: 'contact.change', sessionId: site.sessionId, changes, mayMerge: false });
    this.plan.note('names changed');
  }

  /** A session that the server had not heard of may be somebody's since they signed in, though no panel showed it again. */
  async #ownerOf(sessionId: string): Promise<string> {
    const tag = this.panels.owners.get(sessionId) ?? this.device.now.tag;
    const { [`session/${sessionId}/contact`]: session } = await this.browser.store.read(
      `session/${sessionId}`,
    );
    return (isAnonymous(tag) && (session as Session | undefined)?.identity?.identifier) || tag;
  }

  /** The agent answers, in the words of whose conversation it is. */
  reply(to: number): void {
    const spoken = this.server.store.conversations.flatMap(({ id, messages }) => {
      const first = messages.find(({ message_type }) => message_type === 0)?.content;
      const word = first ? this.judge.words.get(first) : undefined;
      return word ? { id, tag: [...word.releasedBy, word.tag][0] as string } : [];
    });
    const conversation = spoken[to % Math.max(1, spoken.length)];
    if (!conversation) return;
    this.plan.note('answers');
    const { text } = this.word(conversation.tag, true);
    this.#answers.push(text);
    this.server.reply(text, conversation.id);
  }

  /** Everything of everybody goes, whoever asks for it. */
  async forget(sessionId: string): Promise<void> {
    const { device, judge, browser } = this;
    const before = judge.visible;
    device.forgets(browser.clock.now());
    judge.visible = new Set([...before, device.now.tag]);
    judge.isComing = true;
    // Stopped in between, it is finished by the next start, which knows the session no more.
    await this.ask({ type: 'session.forget', sessionId });
    judge.visible = device.visible();
    judge.isComing = false;
    this.plan.note('forgotten');
    await this.settle();
    if (browser.isAwake) await judge.forgotten(browser.store, browser.past);
  }

  async outbox(sessionId = ''): Promise<OutboxEntry[]> {
    const items = Object.entries(await this.browser.store.read(`session/${sessionId}`));
    return items.filter(([key]) => key.split('/')[2] === 'outbox').map(([, entry]) => entry as OutboxEntry);
  }

  /** Throws when something is wrong now. */
  async verify(): Promise<void> {
    const { judge, browser, device } = this;
    judge.visible = device.visible();
    judge.server(this.server.store);
    if (browser.isAwake) await judge.kept(browser.store, browser.past, browser.begunAt, browser.clock.now());
    const shown = Number(browser.badge.text.replace('+', ''));
    const answers = this.#answers.filter((text) => judge.visible.has(tagOf(text))).length;
    if (shown > answers) judge.wrong(`shown: ${shown} unread of ${answers} answers`);
    if (judge.problems.length > 0) throw new Error(judge.problems.join('\n'));
  }

  /** Every fault ends, the page says once more who is there, and time passes until nothing waits any more. */
  async heal(): Promise<void> {
    const { plan, browser, device, judge } = this;
    plan.ill = false;
    browser.diesAt = null;
    this.cut('up');
    for (let waited = 0; waited < 60; waited += 1) {
      await this.comes(device.now.identifier === null ? null : device.now);
      await this.look();
      await this.pass(minute);
      const waits = (await this.outbox()).filter(({ status, text }) => !this.#mayWait(tagOf(text), status));
      if (waits.length === 0 && !(await judge.isFormerUnderWay(browser.store)) && waited > 1) break;
    }
    await this.pass(2 * minute);
    await this.verify();
    if (await judge.isFormerUnderWay(browser.store)) judge.wrong('kept: a former session never settles');
    judge.end(this.server.store, await this.outbox(), (tag) => this.#mayWait(tag), browser.clock.now());
    await this.verify();
  }

  /** Where the server lets nobody in, their words wait. */
  #mayWait(tag: string, status = ''): boolean {
    return (
      status === 'held' || status === 'failed' || tag.endsWith('!') || (this.#strict && !isProvable(tag))
    );
  }
}

function kindOf({ tag }: Person): string {
  if (tag.endsWith('?')) return 'without a hash';
  return tag.endsWith('!') ? 'with a wrong hash' : 'with a right hash';
}
