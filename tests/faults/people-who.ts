// Who is at the device in a run of people who come and go: one person at a time, whom they took over from, and whose words
// may be seen meanwhile. Words are tagged with who typed them. Knows neither browser nor server.
import { keptFor } from '@/lib/core/asking';
import { identifierHash } from '../server/records/inboxes';

export type Hash = 'right' | 'none' | 'wrong';

export interface Person {
  /** Stands in front of every word of this person: `ada` is proven, `ada?` says so without a hash, `ada!` with a wrong one. */
  tag: string;
  /** Null: nobody known. */
  identifier: string | null;
}

const marks: Record<Hash, string> = { right: '', none: '?', wrong: '!' };
const who = '(?:ada|ben|cleo|anon-\\d+)';
const words = new RegExp(`${who}[?!]?/\\d+`, 'g');
const names = new RegExp(`(${who}) of Acme`, 'g');

export function known(identifier: string, hash: Hash): Person {
  return { tag: `${identifier}${marks[hash]}`, identifier };
}

/** Every tagged word in something, whatever it is. */
export function wordsIn(value: unknown): string[] {
  return JSON.stringify(value)?.match(words) ?? [];
}

/** Everybody who is named in something. */
export function namesIn(value: unknown): string[] {
  return [...(JSON.stringify(value)?.matchAll(names) ?? [])].map(([, name]) => name ?? '');
}

export const tagOf = (word: string) => word.slice(0, word.indexOf('/'));
export const identifierOf = (tag: string) => tag.replace(/[?!]$/, '');
export const isAnonymous = (tag: string) => tag.startsWith('anon-');
/** Whether a right hash proves this person. */
export const isProvable = (tag: string) => !isAnonymous(tag) && !/[?!]$/.test(tag);

/** What the page says of somebody, under a name of that number. */
export function pageSays({ tag, identifier }: Person, number: number): string | null {
  if (identifier === null) return null;
  const right = identifierHash('hmac', identifier);
  const identifierHashes = { '': right, '!': 'f'.repeat(64), '?': undefined };
  const mark = tag.slice(identifier.length) as keyof typeof identifierHashes;
  const name = `${identifier} of Acme ${number}`;
  return JSON.stringify({ identifier, identifierHash: identifierHashes[mark], name });
}

/** Somebody who signed in where nobody known had written before. */
interface Past {
  tag: string;
  anonymous: string;
  stay: number;
  leftAt: number | null;
}

export class AtDevice {
  now: Person = { tag: 'anon-0', identifier: null };
  /** Counts how often somebody else came. */
  stay = 0;
  /** When the words of somebody were last to be seen, by tag. */
  readonly leftAt = new Map<string, number>();
  /** When each stay ended. */
  readonly endedAt = new Map<number, number>();
  #anonymous = 0;
  #direct: string | null = null;
  #pasts: Past[] = [];

  /** Somebody comes, or leaves (null). Answers false when they are there already. */
  comes(person: Person | null, at: number): boolean {
    const { now } = this;
    if (person === null && now.identifier === null) return false;
    if (person?.tag === now.tag) return false;
    const gone = this.visible();
    this.endedAt.set(this.stay, at);
    this.stay += 1;
    for (const past of this.#pasts) {
      past.leftAt ??= at;
      // Words of a proven person wait for a week, and with them what they wrote before.
      if (past.tag === person?.tag && isProvable(past.tag) && at - past.leftAt < keptFor)
        Object.assign(past, { stay: this.stay, leftAt: null });
    }
    this.#direct = person && now.identifier === null ? now.tag : null;
    if (person && this.#direct)
      this.#pasts.push({ tag: person.tag, anonymous: this.#direct, stay: this.stay, leftAt: null });
    this.now = person ?? { tag: `anon-${++this.#anonymous}`, identifier: null };
    for (const tag of gone) this.leftAt.set(tag, at);
    return true;
  }

  /** Everything of everybody is forgotten. */
  forgets(at: number): void {
    this.#pasts = [];
    this.now = { tag: 'none', identifier: 'none' };
    this.comes(null, at);
    this.leftAt.clear();
    this.endedAt.clear();
  }

  /** Who wrote just before this sign-in. */
  get directPast(): string | null {
    return this.#direct;
  }

  /** Whose words may be seen: one's own, and what was written before one's sign-ins. What was written without a hash under the same name, the server shows to who has proven it. */
  visible(): Set<string> {
    const { tag, identifier } = this.now;
    const pasts = this.#pasts.filter(({ stay }) => stay === this.stay).map(({ anonymous }) => anonymous);
    return new Set([tag, ...(isProvable(tag) ? [`${identifier}?`] : []), ...pasts]);
  }
}
