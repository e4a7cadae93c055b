// Owns which recorded id, secret or text is which of ours. Learned while the sequence is played; one to one.
// Must not know requests or frames.

/** Everything that has a number of its own. */
export type IdKind =
  | 'account'
  | 'agent'
  | 'attachment'
  | 'bot'
  | 'channel'
  | 'contact'
  | 'conversation'
  | 'conversation row'
  | 'inbox'
  | 'message'
  | 'notification'
  | 'session';

type Pairs<T> = { ours: Map<T, T>; recorded: Map<T, T> };
const pairs = <T>(): Pairs<T> => ({ ours: new Map(), recorded: new Map() });

export class Correspondence {
  #ids = new Map<IdKind, Pairs<number>>();
  #strings = pairs<string>();
  #names = new Map<string, string>();

  /** `secondsLater`: from a recorded time to ours. */
  constructor(readonly secondsLater: number) {}

  /** Notes two ids as the same thing, or returns false when one of them is known as another. */
  pairIds(kind: IdKind, recorded: number, ours: number): boolean {
    const known = this.#ids.get(kind) ?? pairs();
    this.#ids.set(kind, known);
    return pair(known, recorded, ours);
  }

  /** Our id of a recorded one, undefined when it was never seen. */
  ourId(kind: IdKind, recorded: number): number | undefined {
    return this.#ids.get(kind)?.ours.get(recorded);
  }

  /** The recorded id of one of ours. */
  recordedId(kind: IdKind, ours: number): number | undefined {
    return this.#ids.get(kind)?.recorded.get(ours);
  }

  /** Notes two secrets, addresses or texts as the same, or returns false when one of them is known as another. */
  pairStrings(recorded: string, ours: string): boolean {
    return pair(this.#strings, recorded, ours);
  }

  /** Notes a name: server-made texts hold it among other words. Throws when one of the two is known as another. */
  pairNames(recorded: string, ours: string): void {
    if (!this.pairStrings(recorded, ours)) throw new Error(`"${recorded}" is "${ours}", and something else`);
    this.#names.set(recorded, ours);
    // As sentences begin with it.
    this.#names.set(capitalized(recorded), capitalized(ours));
  }

  /** Our counterpart of a recorded secret, address or text, undefined when there is none. */
  ourString(recorded: string): string | undefined {
    return this.#strings.ours.get(recorded);
  }

  /** Our name of the file at the end of a recorded path. */
  ourFileName(recordedPath: string): string {
    const name = decodeURIComponent(recordedPath.split('/').at(-1) ?? '');
    const dot = name.lastIndexOf('.');
    return (this.ourString(name.slice(0, dot)) ?? name.slice(0, dot)) + name.slice(dot);
  }

  /** A text that only the server makes, with our names in it. */
  withOurNames(recorded: string): string {
    const longestFirst = [...this.#names.keys()].sort((a, b) => b.length - a.length);
    const escaped = longestFirst.map((name) => name.replace(/[^\w ]/g, '\\$&'));
    const pattern = new RegExp(`(?<!\\w)(${escaped.join('|')})(?!\\w)`, 'g');
    return recorded.replace(pattern, (name) => this.#names.get(name) ?? name);
  }
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();

function pair<T>(known: Pairs<T>, recorded: T, ours: T): boolean {
  if (!known.ours.has(recorded) && !known.recorded.has(ours)) {
    known.ours.set(recorded, ours);
    known.recorded.set(ours, recorded);
  }
  return known.ours.get(recorded) === ours;
}
