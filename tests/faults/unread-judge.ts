// What is promised of reading and typing: which calls leave a browser and what they do at the server, and in the end what
// every panel shows beside what the server has and what was really seen. Collects what is wrong; makes nothing happen.
import type { Conversation as ServerConversation, Message as ServerMessage } from '../server/records/records';
import type { Store } from '../server/records/store';
import type { FakeSocket } from '../support/fake-socket';
import type { Plan } from './plan';
import type { Browser } from './unread-browser';

const second = 1_000;
const leastBetween = 5 * second;
/** Longer than a frame, or an answer that tells of what came meanwhile, is under way. */
const longestWay = 15 * second;

interface Kept {
  calledAt: { read: number; typing: number };
  /** How much had been seen of a conversation when the server was last told, and answered. */
  toldAt: Map<number, number>;
  /** Whether the last call of a kind said that the person types, and whether that was answered. */
  typing: { on: boolean; isSure: boolean; conversationId: number } | null;
  /** Where the server was last told that the person types. */
  typesAt: Map<number, boolean>;
}

export class UnreadJudge {
  readonly problems: string[] = [];
  /**
   * Of what the server took for read although the call did not mean it yet (it says nothing of how far was read, contract
   * §3.10, and takes along what is on its way): what came within the very second of the call. HTTP tells both times in whole
   * seconds, so that it may as well have come after it (contract §4.2), for a browser that has heard of it by HTTP alone.
   */
  readonly #withinTheSecond = new Set<number>();
  readonly #kept = new Map<Browser, Kept>();

  constructor(
    readonly plan: Plan,
    readonly store: Store,
    readonly browsers: readonly Browser[],
  ) {}

  wrong(what: string): void {
    if (!this.problems.includes(what)) this.problems.push(what);
  }

  /** Watches what the server is told by a browser; call it before the way to the server is made unreliable. */
  watchServer(browser: Browser): void {
    const serve = browser.answer;
    browser.answer = (url, init) => {
      const call = callOf(url, init);
      const conversation = this.store.conversations.find(({ id }) => id === call?.conversationId);
      if (call?.kind === 'read' && conversation) this.#read(unreadAt(conversation), atLeaving.get(init));
      if (call?.kind === 'typing') this.#of(browser).typesAt.set(call.conversationId, call.on);
      return serve(url, init);
    };
  }

  /** Watches what leaves a browser and comes to it; call it after that. */
  watchBrowser(browser: Browser): void {
    const { answer, network, known } = browser;
    browser.onDeath = () => this.#stopped(browser);
    browser.answer = async (url, init) => {
      const call = callOf(url, init);
      const life = browser.wake();
      const seen = call ? this.#left(browser, call) : 0;
      const { glimpsed, clock } = browser;
      atLeaving.set(init, { known: new Set(known.keys()), glimpsed: new Set(glimpsed), at: clock.now() });
      const response = await answer(url, init);
      if (life.dead) return response;
      if (call?.kind === 'read' && response.ok) this.#of(browser).toldAt.set(call.conversationId, seen);
      if (call?.kind === 'typing') this.#answered(browser, response.ok);
      if (init.method === 'GET' && response.ok) note(known, await response.clone().json());
      return response;
    };
    const connect = network.onSocket;
    network.onSocket = (socket: FakeSocket) => {
      const receive = socket.receive.bind(socket);
      socket.receive = (frame) => {
        const { event = '', data } = Object(Object(frame).message);
        if (!event.startsWith('conversation.typing')) note(known, data);
        receive(frame);
      };
      connect?.(socket);
    };
  }

  /** The background was stopped: what it was answered last may not have been saved. */
  #stopped(browser: Browser): void {
    const kept = this.#of(browser);
    kept.toldAt.clear();
    if (kept.typing) kept.typing.isSure = false;
  }

  #of(browser: Browser): Kept {
    const kept = this.#kept.get(browser) ?? {
      calledAt: { read: 0, typing: 0 },
      toldAt: new Map(),
      typing: null,
      typesAt: new Map(),
    };
    this.#kept.set(browser, kept);
    return kept;
  }

  /** Answers how much had been seen of its conversation when a call left. */
  #left(browser: Browser, call: Call): number {
    const { letter } = browser;
    const kept = this.#of(browser);
    const { calledAt } = kept;
    const at = browser.clock.now();
    this.plan.note(call.kind === 'read' ? 'told read' : `told typing ${call.on ? 'on' : 'off'}`);
    if (at - calledAt[call.kind] < leastBetween)
      this.wrong(`calls: ${letter} told ${call.kind} again after ${at - calledAt[call.kind]} ms`);
    calledAt[call.kind] = at;
    if (call.kind === 'typing') {
      const { typing } = kept;
      // What was told off is told off again only where nobody knows whether it arrived.
      if (typing?.on === call.on && (call.on || typing.isSure))
        this.wrong(`calls: ${letter} told ${call.on ? 'on' : 'off'} twice`);
      if (typing?.on && !call.on && typing.conversationId !== call.conversationId)
        this.wrong(`calls: ${letter} told ${call.conversationId} off, not ${typing.conversationId}`);
      kept.typing = { on: call.on, isSure: false, conversationId: call.conversationId };
      return 0;
    }
    browser.glimpse();
    if (!browser.isLookedAt) this.wrong(`calls: ${letter} told what was read while nobody looked`);
    const seen = this.#seen(browser, call.conversationId);
    if (kept.toldAt.get(call.conversationId) === seen)
      this.wrong(`calls: ${letter} told again that ${call.conversationId} was read, which nobody did`);
    return seen;
  }

  #answered(browser: Browser, ok: boolean): void {
    const { typing } = this.#of(browser);
    if (typing && ok) typing.isSure = true;
  }

  #seen({ glimpsed }: Browser, conversationId: number): number {
    const conversation = this.store.conversations.find(({ id }) => id === conversationId);
    return (conversation?.messages ?? []).filter((message) => isByOthers(message) && glimpsed.has(message.id))
      .length;
  }

  /** The server takes everything unread of a conversation for read. */
  #read(messages: readonly ServerMessage[], leaving: Leaving | undefined): void {
    for (const { id, created_at } of messages) {
      if (!leaving || leaving.glimpsed.has(id)) continue;
      if (isSameSecond(created_at, this.store.now())) this.#withinTheSecond.add(id);
      if (this.browsers.some(({ glimpsed }) => glimpsed.has(id))) continue;
      if (leaving.known.has(id)) this.wrong(`read: the server was told of ${id}, which nobody has seen`);
      const way = leaving.at - created_at;
      if (way > longestWay) this.wrong(`read: the server was told of ${id}, unheard of for ${way} ms`);
      this.plan.note('taken along');
    }
  }

  /** Everything has settled; `exact`: nothing is left that may stand differently in two browsers. */
  settled(exact = false): void {
    for (const browser of this.browsers) {
      const { letter } = browser;
      for (const [conversationId, types] of this.#of(browser).typesAt)
        if (types) this.wrong(`typing: ${letter} is left typing in ${conversationId}`);
      const [sum] = browser.screens.map((screen) => {
        const shown = [...screen.state.conversations.value.values()];
        const ids = shown.map(({ id }) => id).join();
        if (shown.length !== this.store.conversations.length)
          this.wrong(`status: ${letter} shows the conversations ${ids}`);
        return shown.reduce((total, { unread }) => total + unread.length, 0);
      });
      const { button, badge } = browser.counts;
      if (button !== sum || badge !== sum)
        this.wrong(`counts: ${letter} shows ${sum}, on its button ${button}, on its toolbar ${badge}`);
    }
    for (const conversation of this.store.conversations) this.#compare(conversation, exact);
  }

  #compare(conversation: ServerConversation, exact: boolean): void {
    const { id: conversationId, status } = conversation;
    const held = unreadAt(conversation).map(({ id }) => id);
    const sets = this.browsers.map((browser) => {
      const views = browser.screens.map(({ state }) => state.conversations.value.get(conversationId));
      const [first, ...others] = views.map((view) => [...(view?.unread ?? [])]);
      for (const other of others)
        if (String(other) !== String(first))
          this.wrong(`unread: ${browser.letter} shows [${first}] and [${other}] in ${conversationId}`);
      for (const view of views)
        if (view?.status !== status)
          this.wrong(`status: ${browser.letter} shows ${conversationId} as ${view?.status}, not ${status}`);
      return { browser, shown: first ?? [] };
    });
    for (const { browser, shown } of sets) {
      const told = `${browser.letter} shows [${shown}] in ${conversationId}, the server has [${held}]`;
      if (exact && String(shown) !== String(held)) this.wrong(`unread: ${told}`);
      if (shown.length === 0 && held.length > 0) this.wrong(`unread: nobody told the server: ${told}`);
      for (const id of shown) {
        if (browser.read.has(id)) this.wrong(`unread: ${id} was read: ${told}`);
        if (held.includes(id)) continue;
        if (this.#withinTheSecond.has(id)) this.plan.note('within one second');
        else this.wrong(`unread: ${id} is read: ${told}`);
      }
      for (const id of held) {
        if (shown.includes(id)) continue;
        // With something unread after it in the same conversation, nothing can be told of it: the call has no "up to here".
        if (browser.glimpsed.has(id)) this.plan.note('held back');
        else this.wrong(`read: ${id} was never shown: ${told}`);
      }
    }
  }
}

function isSameSecond(a: number, b: number): boolean {
  return Math.floor(a / second) === Math.floor(b / second);
}

/** When a request left, and which messages had come to its browser and had been seen there. */
interface Leaving {
  at: number;
  glimpsed: ReadonlySet<number>;
  known: ReadonlySet<number>;
}

const atLeaving = new WeakMap<RequestInit, Leaving>();

type Call =
  | { kind: 'read'; conversationId: number }
  | { kind: 'typing'; conversationId: number; on: boolean };

function callOf(url: string, { body }: RequestInit): Call | null {
  const [, id, what] = /\/conversations\/(\d+)\/(update_last_seen|toggle_typing)$/.exec(url) ?? [];
  if (!id) return null;
  const conversationId = Number(id);
  if (what === 'update_last_seen') return { kind: 'read', conversationId };
  return { kind: 'typing', conversationId, on: JSON.parse(String(body)).typing_status === 'on' };
}

function isByOthers({ message_type, private: isNote }: ServerMessage): boolean {
  return (message_type === 1 || message_type === 3) && !isNote;
}

/** What the contact has not read, as the server alone has it. */
export function unreadAt({ messages }: ServerConversation): ServerMessage[] {
  return messages.filter(
    (message) => isByOthers(message) && message.status !== 'read' && !message.content_attributes.deleted,
  );
}

/** Notes the messages in what came from the server. */
function note(known: Map<number, number>, value: unknown): void {
  if (Array.isArray(value)) for (const each of value) note(known, each);
  const { id, content_type, conversation_id, messages } = Object(value);
  if (content_type !== undefined) known.set(id, conversation_id);
  if (messages) note(known, messages);
}
