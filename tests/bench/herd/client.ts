// What the herd asks of a client, whichever policy it follows.
import type { Installation, Way } from './installation';

export interface Seat {
  installation: Installation;
  way: Way;
  /** Chance, in [0, 1), by the seed of the run. */
  fraction: () => number;
  /** Called at every confirmed subscription. */
  subscribed: () => void;
}

export interface Client {
  start(): void;
  /** The browser says that this is a good moment: online again, or the page is seen again. */
  isTold(): void;
  /** Whether the client's panel is open. */
  isWatched(watched: boolean): void;
}
