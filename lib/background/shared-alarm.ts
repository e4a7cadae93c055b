// The browser's one alarm, shared by the sessions: it rings for all of them, at the earliest time that one asks for.
import type { Alarms, Clock } from '@/lib/platform/types';

/** Until a session has been loaded, nobody knows what it waits for: it is looked at again then. In ms. */
const soon = 30_000;

export class SharedAlarm {
  readonly #alarms: Alarms;
  readonly #clock: Clock;
  readonly #ids: readonly string[];
  #times = new Map<string, number | null>();

  /** `ids` name all that share it. */
  constructor(alarms: Alarms, ids: readonly string[], clock: Clock) {
    this.#alarms = alarms;
    this.#ids = ids;
    this.#clock = clock;
  }

  /** The part of one that shares it. */
  of(id: string): Alarms {
    return {
      set: (at) => {
        this.#times.set(id, at);
        this.#set();
      },
    };
  }

  /** It rang: everybody is to say anew when it shall ring. */
  rang(): void {
    this.#times.clear();
  }

  #set(): void {
    const times = this.#ids.map((id) => {
      const at = this.#times.get(id);
      return at === undefined ? this.#clock.now() + soon : at;
    });
    const asked = times.filter((at) => at !== null);
    this.#alarms.set(asked.length > 0 ? Math.min(...asked) : null);
  }
}
