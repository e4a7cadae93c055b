// The history of a run: what the panels handed over and the background accepted, which requests went out, what the
// server stored under which echo id. Says in the end what was lost, doubled, moved or made up. Changes nothing.
import type { CommandOf } from '@/lib/messaging/commands';
import type { Plan } from './plan';

interface Sent {
  echoId: string;
  device: string;
  /** The conversation's key as the panel knew it. */
  key: string;
  text: string;
  /** Keys of conversations that were still to be created then. */
  apart: readonly string[];
  accepted: boolean;
  /** Refused by the server for good at some time: it may have been sent again by hand, out of its order. */
  failed: boolean;
  discarded: boolean;
}

interface Stored {
  echoId: string;
  id: number;
  conversationId: number;
  text: string;
}

/** What the server and the browsers hold when all is over. */
export interface End {
  /** Every message of the contact that the server has. */
  onServer: readonly { id: number; conversationId: number; text: string }[];
  /** Echo ids that a panel shows as failed. */
  failed: ReadonlySet<string>;
  /** How many conversations the server has. */
  conversations: number;
}

export class Checker {
  adoptions = 0;
  resends = 0;
  posts = 0;
  readonly #sent = new Map<string, Sent>();
  readonly #stored: Stored[] = [];
  readonly #notFound = new Set<string>();

  constructor(readonly plan: Plan) {}

  get sends(): number {
    return this.#sent.size;
  }

  /** How many of the messages came from one device. */
  sendsOf(device: string): number {
    return [...this.#sent.values()].filter((sent) => sent.device === device).length;
  }

  isAccepted(echoId: string): boolean {
    return this.#sent.get(echoId)?.accepted === true;
  }

  /** A panel hands a message over, maybe once more. */
  offered(
    device: string,
    { echoId, conversationKey, text }: CommandOf<'message.send'>,
    waitingKeys: readonly string[],
  ): void {
    if (this.#sent.has(echoId)) return;
    const fresh = { accepted: false, failed: false, discarded: false };
    const apart = waitingKeys.filter(isLocal);
    this.#sent.set(echoId, { echoId, device, key: conversationKey, text, apart, ...fresh });
  }

  accepted(echoId: string): void {
    this.#mark(echoId, { accepted: true });
  }

  failed(echoId: string): void {
    this.#mark(echoId, { failed: true });
  }

  discarded(echoId: string): void {
    this.#mark(echoId, { discarded: true });
  }

  #mark(echoId: string, change: Partial<Sent>): void {
    const sent = this.#sent.get(echoId);
    if (sent) this.#sent.set(echoId, { ...sent, ...change });
  }

  /** A read settled an uncertain message: it was there, or it was not. */
  settled(echoId: string, found: boolean): void {
    if (found) this.adoptions += 1;
    else this.#notFound.add(echoId);
  }

  /** A request leaves a browser. */
  asked(url: string, init: RequestInit): void {
    if (!isMessage(url, init)) return;
    this.posts += 1;
    if (this.#notFound.delete(JSON.parse(String(init.body)).echo_id)) this.resends += 1;
  }

  /** The server did what was asked for. */
  async served(url: string, init: RequestInit, answer: Response): Promise<void> {
    if (!isMessage(url, init)) return;
    const { echo_id: echoId, content: text } = JSON.parse(String(init.body));
    const { id, conversation_id: conversationId } = (await answer.json()) as Record<string, number>;
    this.#stored.push({ echoId, id: Number(id), conversationId: Number(conversationId), text });
  }

  /** Everything that is wrong, one line each. */
  problems(end: End): string[] {
    return [...this.#miscounted(end), ...this.#madeUp(end), ...this.#moved(), ...this.#empty(end)];
  }

  #of(echoId: string): Stored[] {
    return this.#stored.filter((stored) => stored.echoId === echoId);
  }

  #miscounted({ failed }: End): string[] {
    return [...this.#sent.values()].flatMap(({ echoId, text, accepted, discarded }) => {
      const times = this.#of(echoId).length;
      const told = `${echoId} "${text}"`;
      if (times > 1) return `doubled: ${told} was stored ${times} times`;
      if (failed.has(echoId)) return times > 0 ? `wrong: ${told} is shown as failed, and was stored` : [];
      return times === 0 && accepted && !discarded ? `lost: ${told}` : [];
    });
  }

  #madeUp({ onServer }: End): string[] {
    const told = ({ id, conversationId, text }: Omit<Stored, 'echoId'>) => `${conversationId}/${id} ${text}`;
    const posted = this.#stored.filter(({ echoId, text }) => this.#sent.get(echoId)?.text === text);
    const expected = posted.map(told);
    const held = onServer.map(told);
    return [
      ...held.filter((each) => !expected.includes(each)).map((each) => `never handed over: ${each}`),
      ...expected.filter((each) => !held.includes(each)).map((each) => `gone from the server: ${each}`),
    ];
  }

  /** A conversation without a message is made only for one that was thrown away or refused meanwhile. */
  #empty({ conversations }: End): string[] {
    const used = new Set(this.#stored.map(({ conversationId }) => conversationId));
    const begun = new Set([...this.#sent.values()].map(({ key }) => key).filter(isLocal));
    const homes = [...begun].filter((key) =>
      [...this.#sent.values()].some((sent) => sent.key === key && this.#of(sent.echoId).length > 0),
    );
    const empty = conversations - used.size;
    return empty > begun.size - homes.length ? [`${empty} conversations were left empty`] : [];
  }

  #moved(): string[] {
    const all = [...this.#sent.values()].flatMap((sent) => {
      const [stored] = this.#of(sent.echoId);
      return stored && sent.accepted && !sent.discarded ? { ...sent, ...stored } : [];
    });
    return all.flatMap((one, index) => {
      const told = `${one.conversationId}/${one.id} ${one.echoId} "${one.text}"`;
      const before = all.slice(0, index).filter((other) => isBefore(other, one));
      const home = isLocal(one.key)
        ? (before.find(({ key }) => key === one.key)?.conversationId ?? one.conversationId)
        : Number(one.key);
      if (home !== one.conversationId) return `in another conversation than ${home}: ${told}`;
      const later = before.find(({ id, failed }) => id > one.id && !failed && !one.failed);
      return later ? `out of order: ${told} after ${later.id}` : [];
    });
  }
}

/**
 * Whether the first was said before the second in the same row of the panel's list. While the server's answer to a
 * creation is missing, the conversation and what waits for it are two rows.
 */
function isBefore(one: Sent & Stored, other: Sent & Stored): boolean {
  if (one.device !== other.device) return false;
  if (one.key === other.key) return true;
  const same = one.conversationId === other.conversationId;
  return same && isLocal(one.key) && !isLocal(other.key) && !other.apart.includes(one.key);
}

const isLocal = (key: string) => !/^\d+$/.test(key);

function isMessage(url: string, init: RequestInit): boolean {
  return init.method === 'POST' && url.endsWith('/messages');
}
