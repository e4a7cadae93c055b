// The one installation that all clients of the herd reach for: whether it is there, how long its answers take, and
// what it counts. A model: any number of sockets costs it nothing. Knows of Action Cable what a handshake needs.
import type { Computer, VirtualClock } from './virtual-clock';

/** What a client's socket hears. */
export interface Ears {
  open(): void;
  hear(text: string): void;
  closed(): void;
}

/** One computer's way to the installation. */
export interface Way {
  computer: Computer;
  /** Milliseconds for one direction. */
  latency: number;
  /** Which of the installation's processes serves it. */
  process: number;
  /** False: every try fails at once, and nobody tells an open socket. */
  hasNetwork: boolean;
}

/** One connection, as both ends see it. */
export class Line {
  status: 'connecting' | 'open' | 'closed' = 'connecting';

  constructor(
    readonly installation: Installation,
    readonly way: Way,
    readonly ears: Ears,
  ) {
    installation.reach(this);
  }

  send(text: string): void {
    this.installation.take(this, text);
  }

  /** Closed by the client. */
  close(): void {
    if (this.status === 'closed') return;
    this.installation.forget(this);
  }
}

/** Web processes: each pings all of its sockets at once, and none at the same time as another. */
export const processes = 16;
const pingsEvery = 3_000;

export class Installation {
  readonly #clock: VirtualClock;
  readonly #lines = new Set<Line>();
  /** Away: refuses at once. */
  state: 'up' | 'away' = 'up';
  /** When a handshake reached it while it was up; when a client read the gap. Epoch milliseconds. */
  handshakes: number[] = [];
  gapReads: number[] = [];
  /** Handshakes that were tried in vain: it was away, or the computer had no network. */
  inVain = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
    for (let process = 0; process < processes; process++)
      clock.after((pingsEvery * process) / processes, () => this.#beat(process));
  }

  /** From here on only what happens now counts. */
  forgetCounts(): void {
    this.handshakes = [];
    this.gapReads = [];
    this.inVain = 0;
  }

  reach(line: Line): void {
    const { latency, hasNetwork } = line.way;
    if (!hasNetwork) {
      this.inVain += 1;
      this.#clock.after(1, () => this.#drop(line));
      return;
    }
    this.#clock.after(latency, () => {
      if (this.state === 'away') {
        this.inVain += 1;
        this.#clock.after(latency, () => this.#drop(line));
        return;
      }
      this.handshakes.push(this.#clock.now());
      this.#lines.add(line);
      this.#clock.after(latency, () => this.#opened(line));
    });
  }

  take(line: Line, text: string): void {
    this.#clock.after(line.way.latency, () => {
      const { command, identifier } = JSON.parse(text) as { command: string; identifier: string };
      if (this.#lines.has(line) && command === 'subscribe')
        this.#tell(line, JSON.stringify({ type: 'confirm_subscription', identifier }));
    });
  }

  /** One request over HTTP. */
  readGap({ latency }: Way): void {
    this.#clock.after(latency, () => this.gapReads.push(this.#clock.now()));
  }

  forget(line: Line): void {
    this.#lines.delete(line);
    // Where there is no network any more, nobody confirms the end, and a browser waits for that.
    const confirms = line.status === 'connecting' || line.way.hasNetwork;
    line.status = 'closed';
    if (confirms)
      this.#clock.after(2 * line.way.latency, () => line.way.computer.act(() => line.ears.closed()));
  }

  /** The process ends: all sockets close with 1006, without a word (contract §0). */
  die(): void {
    for (const line of this.#lines) this.#drop(line);
    this.#lines.clear();
    this.state = 'away';
  }

  /** A restart that was asked of the cable: a word first, then the close, and it is there again at once (§0). */
  restartCable(): void {
    for (const line of this.#lines) {
      this.#tell(line, '{"type":"disconnect","reason":"server_restart","reconnect":true}');
      this.#clock.after(line.way.latency + 1, () => this.#drop(line));
    }
    this.#lines.clear();
  }

  /** Its end of every socket goes, as in a night; the other end is not told. */
  dropSilently(): void {
    this.#lines.clear();
  }

  #beat(process: number): void {
    this.#clock.after(pingsEvery, () => this.#beat(process));
    for (const line of this.#lines)
      if (line.way.process === process) this.#hear(line, '{"type":"ping","message":1781700000}');
  }

  #opened(line: Line): void {
    if (line.status !== 'connecting' || !this.#lines.has(line)) return;
    line.status = 'open';
    line.way.computer.act(() => line.ears.open());
    this.#hear(line, '{"type":"welcome"}');
  }

  #tell(line: Line, text: string): void {
    this.#clock.after(line.way.latency, () => this.#hear(line, text));
  }

  #hear(line: Line, text: string): void {
    if (line.status === 'open' && line.way.hasNetwork) line.way.computer.act(() => line.ears.hear(text));
  }

  #drop(line: Line): void {
    if (line.status === 'closed') return;
    line.status = 'closed';
    line.way.computer.act(() => line.ears.closed());
  }
}
