// What is promised while people come and go, checked at every moment: what panels hear, what is posted, what the server has,
// what the browser keeps. Collects what is wrong, one line each; makes nothing happen.
import { keptFor, type SiteSessions } from '@/lib/core/asking';
import type { Creation, OutboxEntry, Session } from '@/lib/core/types';
import type { ViewUpdate } from '@/lib/messaging/view-updates';
import type { Store as ServerStore } from '../server/records/store';
import type { MemoryHistory, MemoryStore } from '../support/memory-stores';
import { type AtDevice, identifierOf, isAnonymous, isProvable, namesIn, tagOf, wordsIn } from './people-who';
import type { Plan } from './plan';

/** Something that was typed. */
export interface Word {
  text: string;
  tag: string;
  stay: number;
  /** A late command: it may come to nothing. */
  late: boolean;
  accepted: boolean;
  discarded: boolean;
  posted: boolean;
  /** Who said that it is to be sent in their own name. */
  releasedBy: Set<string>;
}

/** The end of a port at which a panel listens. */
export interface Ear {
  /** It was told to begin anew. */
  gone: boolean;
}

/** Longer than a former session waits for them, in ms. */
const lastWords = 3_000;

export class Judge {
  readonly problems: string[] = [];
  readonly words = new Map<string, Word>();
  /** Stays in which the server confirmed who is there. */
  readonly provenIn = new Set<number>();
  /** Whose words may be shown now; while somebody comes, those of before as well. */
  visible: ReadonlySet<string> = new Set(['anon-0']);
  /** Somebody said who they are, and was not answered yet. */
  isComing = false;

  constructor(
    readonly device: AtDevice,
    readonly plan: Plan,
    /** Which problems count. */
    readonly minds: RegExp,
  ) {}

  typed(text: string, late = false): Word {
    const { stay } = this.device;
    const fresh = { accepted: false, discarded: false, posted: false, releasedBy: new Set<string>() };
    const word: Word = { text, tag: tagOf(text), stay, late, ...fresh };
    this.words.set(text, word);
    return word;
  }

  /** Says once that something is wrong. */
  wrong(what: string): void {
    if (this.minds.test(what) && !this.problems.includes(what)) this.problems.push(what);
  }

  #mayBeShown(text: string): boolean {
    const { visible } = this;
    const releasedBy = [...(this.words.get(text)?.releasedBy ?? [])];
    return visible.has(tagOf(text)) || releasedBy.some((tag) => visible.has(tag));
  }

  /** A panel is told something. */
  heard(ear: Ear, update: ViewUpdate): void {
    this.plan.note('updates judged');
    const { tag } = this.device.now;
    if (update.type === 'panel.show') {
      this.plan.note('panels begun anew');
      ear.gone = true;
    } else if (ear.gone) this.wrong(`shown: a panel that is to begin anew was told of ${update.type}`);
    for (const text of wordsIn(update))
      if (!this.#mayBeShown(text)) this.wrong(`shown: ${text} while ${tag} was there`);
    const seen = [...this.visible].map(identifierOf);
    for (const name of namesIn(update))
      if (!seen.includes(name)) this.wrong(`shown: the name of ${name} while ${tag} was there`);
    if (update.type !== 'snapshot') return;
    const { contact, past } = update.snapshot;
    if (past.role !== 'own' || contact.kind !== 'proven' || this.isComing) return;
    this.provenIn.add(this.device.stay);
    if (!isProvable(tag)) this.wrong(`shown: ${tag} as proven`);
  }

  /** A message leaves the browser. */
  posted(text: string): void {
    const word = this.words.get(text);
    if (!word) {
      this.wrong(`mixed: ${text} was sent, and nobody typed it`);
      return;
    }
    const { now, stay } = this.device;
    if (!this.#mayBeShown(text)) this.wrong(`mixed: ${text} was sent while ${now.tag} was there`);
    const isOfBefore = word.tag === now.tag && word.stay < stay && word.releasedBy.size === 0;
    if (isOfBefore && !word.posted)
      this.wrong(`mixed: ${text} was sent in a later sign-in, and nobody asked`);
    word.posted = true;
  }

  /** What the server has, and of whom. */
  server({ contacts, conversations }: ServerStore): void {
    const times = new Map<string, number>();
    const owners = new Map<number, Set<string>>();
    for (const { session, messages } of conversations) {
      const { contact, hmac_verified } = session;
      for (const { content, message_type } of messages) {
        if (message_type !== 0 || content === null) continue;
        times.set(content, (times.get(content) ?? 0) + 1);
        const word = this.words.get(content);
        if (!word) this.wrong(`mixed: the server has ${content}, and nobody typed it`);
        else if (!belongs(word, contact.identifier ?? null, hmac_verified))
          this.wrong(`mixed: ${content} is with ${contact.identifier ?? 'somebody unknown'}`);
        if (!contact.identifier) owners.set(contact.id, new Set(owners.get(contact.id)).add(tagOf(content)));
      }
    }
    for (const [text, count] of times)
      if (count > 1) this.wrong(`doubled: ${text} is on the server ${count} times`);
    for (const tags of owners.values())
      if (tags.size > 1) this.wrong(`mixed: ${[...tags].join(' and ')} are one contact`);
    for (const contact of contacts) {
      const strangers = wordsIn(contact.custom_attributes).filter(
        (text) => identifierOf(tagOf(text)) !== contact.identifier,
      );
      if (strangers.length > 0) this.wrong(`mixed: ${strangers} is an attribute of ${contact.identifier}`);
      for (const name of namesIn(contact.name))
        if (name !== contact.identifier && !(isAnonymous(name) && !contact.identifier))
          this.wrong(`mixed: ${contact.identifier ?? 'somebody unknown'} is called ${name}`);
    }
  }

  /** What the browser keeps at a time, while a background runs that began at `begunAt`. */
  async kept(store: MemoryStore, history: MemoryHistory, begunAt: number, at: number): Promise<void> {
    const items = await store.read('');
    this.plan.note('stores judged');
    const sites = items['site/acme'] as SiteSessions | undefined;
    const isShown = (id: string) => !sites || sites.own === id || sites.earlier === id;
    for (const [key, value] of Object.entries(items)) {
      const [, id = '', kind = ''] = key.split('/');
      if (isShown(id)) this.#own(key, kind, value, !sites || id === sites.own);
      else if (kind !== 'contact') this.#former(items, sites, key, value, { begunAt, at });
    }
    for (const { sessionId, record } of history.snapshot().messages.values()) {
      for (const text of wordsIn(record))
        if (!isShown(sessionId) || !this.#mayBeShown(text)) this.wrong(`kept: ${text} in the history`);
    }
  }

  #own(key: string, kind: string, value: unknown, isOwn: boolean): void {
    if (kind !== 'contact')
      for (const text of wordsIn(value))
        if (!this.#mayBeShown(text)) this.wrong(`kept: ${text} as ${key.replace(/^.*?\/.*?\//, '')}`);
    const { identifier } = this.device.now;
    if (kind !== 'contact' || !isOwn) return;
    const stored = (value as Session).identity?.identifier ?? null;
    if (stored !== identifier) this.wrong(`kept: ${stored} asks while ${identifier} is there`);
  }

  /** Of somebody who is gone: what was not sent, of proven people for a week, of others until it has settled. */
  #former(
    items: Record<string, unknown>,
    sites: SiteSessions | undefined,
    key: string,
    value: unknown,
    { begunAt, at }: { begunAt: number; at: number },
  ): void {
    const [, id, kind = ''] = key.split('/');
    const entry = sites?.former.find(({ sessionId }) => sessionId === id);
    const owner = entry?.of ?? id;
    // For a moment it still takes the last words of its panel.
    const isOver = at - Math.max(entry?.endedAt ?? 0, begunAt) > lastWords;
    const isProven = (items[`session/${owner}/contact`] as Session | undefined)?.proven === true;
    for (const text of wordsIn(value)) {
      const where = `${kind} of a former session`;
      if (kind !== 'outbox' && kind !== 'draft') this.wrong(`kept: ${text} in a ${where}`);
      const leftAt = this.device.leftAt.get(tagOf(text));
      if (leftAt !== undefined && leftAt + keptFor <= begunAt)
        this.wrong(`kept: ${text} in the ${where} for more than a week`);
      if (!isProven && isOver && isAtRest(items, `session/${id}/`))
        this.wrong(`kept: ${text} in the ${where}, which nobody had proven`);
    }
  }

  /** After everything was forgotten. */
  async forgotten(store: MemoryStore, history: MemoryHistory): Promise<void> {
    const { messages } = history.snapshot();
    for (const text of [...wordsIn(await store.read('')), ...wordsIn([...messages.values()])])
      this.wrong(`kept: ${text} after everything was forgotten`);
    for (const name of namesIn(await store.read('')))
      this.wrong(`kept: the name of ${name} after everything was forgotten`);
  }

  /** Whether of somebody who is gone something is still under way. */
  async isFormerUnderWay(store: MemoryStore): Promise<boolean> {
    const items = await store.read('');
    const { former = [] } = (items['site/acme'] as SiteSessions | undefined) ?? {};
    return former.some(({ sessionId }) => !isAtRest(items, `session/${sessionId}/`));
  }

  /** When all has healed: nothing that was accepted of somebody who is there, or may come back, is lost. */
  end(
    { conversations }: ServerStore,
    outbox: readonly OutboxEntry[],
    mayWait: (tag: string) => boolean,
    at: number,
  ): void {
    const sent = new Set(conversations.flatMap(({ messages }) => messages.map(({ content }) => content)));
    const left = new Map(outbox.map((entry) => [entry.text, entry]));
    const { now, stay } = this.device;
    for (const { text, tag, accepted, discarded, late, ...word } of this.words.values()) {
      if (!accepted || discarded || sent.has(text)) continue;
      const entry = left.get(text);
      const isHere = (tag === now.tag && word.stay === stay) || tag === this.device.directPast;
      const endedAt = this.device.endedAt.get(word.stay) ?? Number.NEGATIVE_INFINITY;
      const mayComeBack = isProvable(tag) && this.provenIn.has(word.stay) && endedAt + keptFor > at;
      if (!entry && !late && (isHere || mayComeBack)) this.wrong(`lost: ${text}`);
      const waits =
        entry?.status !== 'held' && entry?.status !== 'failed' && !mayWait(tag) && !mayWait(now.tag);
      if (entry && isHere && waits) this.wrong(`lost: ${text} is still ${entry.status}`);
      if (entry && isHere) this.plan.note(`${entry.status} in the end`);
    }
  }
}

function belongs({ tag, releasedBy }: Word, identifier: string | null, isVerified: boolean): boolean {
  if ([...releasedBy].some((by) => identifierOf(by) === identifier)) return true;
  if (isAnonymous(tag)) return identifier === null;
  if (tag.endsWith('!') || identifierOf(tag) !== identifier) return false;
  return isProvable(tag) || !isVerified;
}

function isAtRest(items: Record<string, unknown>, prefix: string): boolean {
  return Object.entries(items).every(([key, value]) => {
    if (!key.startsWith(prefix)) return true;
    const { status, phase } = value as Partial<OutboxEntry & Creation>;
    return status !== 'sending' && ![status, phase].includes('uncertain') && phase !== 'creating';
  });
}
