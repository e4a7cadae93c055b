// The one clock of a world of several browsers: time passes timer by timer, and everything comes to rest in between.
// Owns the time-outs of requests, too, which the background takes from the platform's `AbortSignal`.
import { FakeClock } from '../support/fake-clock';

export class WorldClock extends FakeClock {
  /** Answers of the server that are being made. */
  readonly answers = { pending: 0 };
  /** Whose unfinished work has to end before time goes on. */
  readonly busy: { pending: number }[] = [this.answers];

  constructor() {
    super();
    AbortSignal.timeout = (ms) => {
      const controller = new AbortController();
      this.setTimeout(() => controller.abort(new DOMException('timed out', 'TimeoutError')), ms);
      return controller.signal;
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.setTimeout(resolve, ms));
  }

  /** Resolves when nothing goes on that does not wait for time. */
  override async settle(): Promise<void> {
    for (let turns = 0; turns === 0 || this.busy.some(({ pending }) => pending > 0); turns += 1) {
      if (turns > 10_000) throw new Error('never comes to rest');
      await super.settle();
    }
  }
}
