// The browser's one alarm, shared by the sessions: it rings for all of them, at the earliest time that one asks for.
import type { Alarms, Clock } from '@/lib/platform/types';

/** Until a session has been loaded, nobody knows what it waits for: it is looked at again then. In ms. */
const soon = 30_000;

export class SharedAlarm {
  readonly #alarms: Alarms;
  readonly #clock: Clock;
  /** When it is to ring for each that shares it; undefined: that one has not said. */
  readonly #times = new Map<string, number | null | undefined>();
  /** What the browser's alarm is set to; undefined: it is set anew in any case. */
  #setTo: number | null | undefined;

  constructor(alarms: Alarms, clock: Clock) {
    this.#alarms = alarms;
    this.#clock = clock;
  }

  /** The part of one that shares it, from now on. */
  of(id: string): Alarms {
    this.#times.set(id, undefined);
    return {
      set: (at) => {
        if (!this.#times.has(id)) return;
        this.#times.set(id, at);
        this.#set();
      },
    };
  }

  /** One shares it no more. */
  release(id: string): void {
    if (this.#times.delete(id)) this.#set();
  }

  /** It rang: everybody is to say anew when it shall ring. */
  rang(): void {
    this.#setTo = undefined;
    for (const id of this.#times.keys()) this.#times.set(id, undefined);
  }

  #set(): void {
    const times = [...this.#times.values()].map((at) => (at === undefined ? this.#clock.now() + soon : at));
    const asked = times.filter((at) => at !== null);
    const at = asked.length > 0 ? Math.min(...asked) : null;
    // Browsers put off what is due each time it is set: what one asks for often must not keep another's from ringing.
    if (at === this.#setTo) return;
    this.#setTo = at;
    this.#alarms.set(at);
  }
}
