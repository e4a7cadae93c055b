// A contact with two devices, one server, and everything between them that can go wrong: what a run of commands does,
// and how it ends. Owns what a person, an agent, the network and the browser do; judges nothing but the end.
import type { Panel } from '@/lib/panel/panel';
import { createSession } from '../server/actions/contact-actions';
import { listMessages } from '../server/records/message-list';
import { FakeInstallation } from '../support/fake-installation';
import { Checker } from './checker';
import { Plan } from './plan';
import { WorldClock } from './world-clock';
import { Device, sourceId } from './world-device';
import { frameWay, Line, type Network } from './world-line';
import { settling } from './world-settling';

export interface WorldOptions {
  seed: number;
  /** The inbox keeps one conversation for each contact (contract §3.6). */
  locked?: boolean;
  /** No socket ever opens: everything is told by answers alone. */
  cableless?: boolean;
  /** That a message is being sent is not saved before it is. */
  forgetful?: boolean;
}

const minute = 60_000;

export class World {
  readonly clock = new WorldClock();
  readonly plan: Plan;
  readonly checker: Checker;
  readonly a: Device;
  readonly b: Device;
  readonly server: FakeInstallation;
  readonly lines: readonly [Line, Line];

  private constructor({ seed, locked = false, cableless = false, forgetful = false }: WorldOptions) {
    this.plan = new Plan(seed);
    this.checker = new Checker(this.plan);
    this.a = new Device('a', this.clock, this.checker, forgetful);
    this.b = new Device('b', this.clock, this.checker, false);
    this.server = new FakeInstallation(this.a);
    this.server.serve(this.b);
    const { world } = this.server;
    for (const inbox of world.inboxes) inbox.lockToSingleConversation = locked;
    // The flood limit is one of the plan's faults; here it would end the agent's talk.
    world.messagesPerMinute = Number.POSITIVE_INFINITY;
    const line = (device: Device) => new Line(device, this.clock, this.plan, this.checker);
    this.lines = [line(this.a), line(this.b)];
    for (const each of this.lines) each.forbidsSockets = cableless;
    frameWay(this.server, this.lines, this.plan, this.clock);
    settling.settled = (echoId, found) => this.checker.settled(echoId, found);
  }

  static async begin(options: WorldOptions): Promise<World> {
    const world = new World(options);
    await world.a.prepare({});
    const { world: installation } = world.server;
    const [inbox] = installation.inboxes;
    if (!inbox) throw new Error('there is no inbox');
    const { pubsub_token, contact } = createSession(installation, inbox, { source_id: sourceId });
    await world.b.prepare({ pubsubToken: pubsub_token, contactId: contact.id, name: contact.name });
    return world;
  }

  pass(ms: number): Promise<void> {
    return this.clock.elapseSettled(ms);
  }

  /** Opens the panel unless it is open. */
  async open(device = this.a): Promise<Panel> {
    const panel = device.openPanel();
    await this.pass(50);
    return panel;
  }

  /** Writes into one of the conversations that the panel knows; answers the echo id. */
  async write(to: number, text: string, device = this.a): Promise<string | null> {
    const panel = await this.open(device);
    const keys = keysOf(panel);
    const key = keys[to % keys.length];
    if (key === undefined) return device === this.a ? this.begin(text) : null;
    panel.openConversation(key);
    return this.#send(panel, key, text);
  }

  /**
   * The other device says the same words, at a moment when this is no riddle for the first one: nothing is on its way,
   * and before the first device sends anything again, its cable has told of them or is known to be down, so that the
   * newest messages are read first.
   */
  async writeSame(to: number, text: string): Promise<void> {
    if (this.lines[1].network !== 'up') return;
    this.plan.ill = false;
    if (await this.#comesToRest(2)) {
      if (await this.write(to, text, this.b)) this.plan.note('same words elsewhere');
      await this.#comesToRest(2);
    }
    this.plan.ill = true;
  }

  /** Starts a new conversation with a first message. */
  async begin(text: string): Promise<string | null> {
    const panel = await this.open();
    panel.newConversation();
    return this.#send(panel, panel.thread.key.value ?? '', text);
  }

  async #send(panel: Panel, key: string, text: string): Promise<string | null> {
    void panel.outbox.send(key, text);
    const echoId = panel.outbox.saving.value.at(-1)?.echoId ?? null;
    await this.pass(20);
    return echoId;
  }

  /** Goes to a conversation, or to the list. */
  look(to: number): void {
    const { panel } = this.a;
    const key = panel && keysOf(panel)[to];
    if (key) panel.openConversation(key);
    else panel?.back();
  }

  /** Failed messages, as the panel of the first device shows them. */
  get failed(): string[] {
    const entries = [...(this.a.panel?.state.outbox.value.values() ?? [])];
    return entries.filter(({ status }) => status === 'failed').map(({ echoId }) => echoId);
  }

  reply(to: number, count: number): void {
    const { conversations } = this.server.store;
    const conversation = conversations[to % Math.max(1, conversations.length)];
    for (let each = 0; conversation && each < count; each += 1)
      this.server.reply(`Answer ${each}`, conversation.id);
  }

  setNetwork(line: Line, network: Network): void {
    line.cut(network);
    const device = line.browser as Device;
    device.online = network !== 'offline';
    // Half of all browsers tell the background of it; a service worker has to ask.
    if (!device.asleep && this.plan.between(0, 2) === 0) device.wake().setOnline(device.online);
  }

  /** Every fault ends, everybody is awake, and time passes until nothing waits any more. */
  async heal(): Promise<void> {
    this.plan.ill = false;
    for (const line of this.lines) this.setNetwork(line, 'up');
    for (const device of [this.a, this.b]) {
      device.diesAt = null;
      await this.open(device);
    }
    await this.#comesToRest(60);
    // Late frames arrive, and what would be sent twice is.
    await this.pass(2 * minute);
  }

  /** Lets up to so many minutes pass, until nothing waits to be sent; false if something still does. */
  async #comesToRest(minutes: number): Promise<boolean> {
    for (let waited = 0; waited < minutes; waited += 0.5) {
      await this.pass(minute / 2);
      const left = [...(await this.outbox(this.a)), ...(await this.outbox(this.b))];
      if (left.every(({ status }) => status === 'failed')) return true;
    }
    return false;
  }

  async outbox(device: Device) {
    const items = Object.entries(await device.store.read(`session/session-${device.letter}/outbox/`));
    return items.map(([, value]) => value as { echoId: string; status: string; conversationKey: string });
  }

  /** What is wrong after `heal`, one line each. */
  async problems(): Promise<string[]> {
    const { conversations } = this.server.store;
    const entries = [...(await this.outbox(this.a)), ...(await this.outbox(this.b))];
    const waiting = entries.filter(({ status }) => status !== 'failed');
    const onServer = conversations.flatMap(({ id, messages }) =>
      messages
        .filter(({ message_type }) => message_type === 0)
        .map((message) => ({ id: message.id, conversationId: id, text: message.content ?? '' })),
    );
    const failed = new Set(entries.map(({ echoId }) => echoId));
    return [
      ...waiting.map(({ echoId, status }) => `still ${status}: ${echoId}`),
      ...this.checker.problems({
        onServer,
        failed,
        conversations: conversations.length,
      }),
      ...(await this.#unlike(this.a)),
      ...(await this.#unlike(this.b)),
      ...[...this.a.reports, ...this.b.reports].filter((report) => report.includes('could not be handled')),
    ];
  }

  /** Where a panel shows something else than the server has. */
  async #unlike(device: Device): Promise<string[]> {
    const panel = await this.open(device);
    const found: string[] = [];
    const { conversations } = this.server.store;
    // The one that is open comes first: it has to be right without being opened anew.
    const open = conversations.filter(({ id }) => String(id) === panel.thread.key.value);
    for (const conversation of new Set([...open, ...conversations])) {
      if (!open.includes(conversation)) panel.openConversation(String(conversation.id));
      await this.pass(500);
      for (let pages = 0; panel.thread.hasOlder.value && pages < 100; pages += 1) {
        panel.thread.showOlder();
        await this.pass(100);
      }
      const window = panel.state.window.value;
      const shown = window?.messages.map(({ id, text }) => `${id} ${text}`) ?? [];
      const held = listMessages(conversation).map(({ id, content }) => `${id} ${content}`);
      if (window?.conversationKey !== String(conversation.id) || shown.join('\n') !== held.join('\n'))
        found.push(
          `device ${device.letter} shows ${conversation.id} as [${shown}], the server has [${held}]`,
        );
    }
    return found;
  }
}

function keysOf({ state, outbox }: Panel): string[] {
  const waiting = [...state.outbox.value.values(), ...outbox.saving.value];
  const keys = [...state.conversations.value.keys()].map(String);
  return [...new Set([...keys, ...waiting.map(({ conversationKey }) => conversationKey)])];
}
