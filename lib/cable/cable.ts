// One subscription over one socket, kept alive: connects, subscribes, notices silence, backs off, tries again.
// Owns the socket, its timers and the state. Must know nothing of chat, tokens or what a message means.

import type { Socket } from '@/lib/platform/types';
import { defaultTimings, quickWait, turnInterval } from './backoff';
import { offeredProtocols, perform, receive, speaks, subscribe } from './frames';
import { Timer } from './timer';
import type { CableOptions, CableState, CableTimings } from './types';

/**
 * An Action Cable client for one identifier (contract §5). Never has two sockets at a time. A listener may call
 * any method from inside a callback, so every callback is the last thing that happens in its turn.
 */
export class Cable {
  /**
   * Whether somebody looks at what the subscription brings (a panel is open): then no wait is longer than `maxDelay`,
   * else than `maxDelayUnwatched`. Counts from the next wait on; `reconnectNow` ends the present one.
   */
  isWatched = true;
  readonly #options: CableOptions;
  readonly #timings: CableTimings;
  /** When the present phase ends: the welcome, the confirmation or the next try is due, or a subscription has stood. */
  readonly #phase: Timer;
  /** Runs from a socket's first frame on; every frame, even an unknown one, starts it again. */
  readonly #silence: Timer;
  #state: CableState = { name: 'idle' };
  /** The only socket whose events count. */
  #socket: Socket | null = null;
  #attempt: number;
  /** Where this client stands among all that lost the server with it, in [0, 1): drawn anew at every loss. */
  #place: number;
  /** Whether the present try comes at this client's own time, and not at one that many clients have in common. */
  #inTurn = false;
  /** Whether the subscription was live for long enough to count as a success. Not told by the clock, which may be set. */
  #stood = false;
  #startedAt = 0;
  #heardAt = 0;

  constructor(options: CableOptions) {
    this.#options = options;
    this.#timings = { ...defaultTimings, ...options.timings };
    this.#phase = new Timer(options.clock);
    this.#silence = new Timer(options.clock);
    this.#attempt = options.attempt ?? 0;
    this.#place = options.random.fraction();
  }

  get state(): CableState {
    return this.#state;
  }

  /** Starts at once from idle or closed, whatever `attempt` it was given; in every other state it does nothing. */
  connect(): void {
    if (this.#state.name === 'idle' || this.#state.name === 'closed') this.#open(false);
  }

  /** Back to idle from any state. No socket and no timer is left. */
  disconnect(): void {
    if (this.#state.name !== 'idle') this.#end({ name: 'idle' });
  }

  /**
   * For moments when a try is likely to succeed (back online, panel opened, woken up): ends a wait, and replaces
   * a try that hangs or a socket that has gone silent. Does nothing where all is well, when idle or when closed.
   */
  reconnectNow(): void {
    const now = this.#options.clock.now();
    const connecting = this.#state.name === 'connecting';
    const hangs = connecting && now - this.#startedAt >= this.#timings.firstDelay;
    const silent = this.#socket !== null && !connecting && now - this.#heardAt >= this.#timings.staleAfter;
    if (hangs || silent) this.#retry();
    if (this.state.name === 'waiting') this.#open(false);
  }

  /** Performs `action` on the subscription (contract §5.3). False when not live: then nothing was sent. */
  perform(action: string): boolean {
    if (this.#state.name !== 'live') return false;
    this.#socket?.send(perform(this.#options.identifier, action));
    return true;
  }

  #open(inTurn: boolean): void {
    this.#inTurn = inTurn;
    this.#startedAt = this.#options.clock.now();
    const connecting: CableState = { name: 'connecting', attempt: this.#attempt };
    this.#enter(connecting);
    if (this.#state !== connecting) return; // the listener decided otherwise
    try {
      this.#socket = this.#options.socket(this.#options.url, offeredProtocols);
    } catch (error) {
      if ((error as Error | null)?.name === 'SecurityError') this.#end({ name: 'closed', reason: 'blocked' });
      else this.#retry();
      return;
    }
    this.#phase.start(this.#timings.openTimeout, () => this.#retry());
    this.#attend(this.#socket);
  }

  /** Events of a socket that was replaced or given up are nobody's business any more. */
  #attend(socket: Socket): void {
    const whileOurs = (act: () => void) => {
      if (socket === this.#socket) act();
    };
    socket.onopen = () =>
      whileOurs(() => {
        if (!speaks(socket.protocol)) this.#end({ name: 'closed', reason: 'unsupported' });
      });
    socket.onmessage = (text) => whileOurs(() => this.#hear(text, socket));
    socket.onclose = () => whileOurs(() => this.#retry());
  }

  #hear(text: string, socket: Socket): void {
    this.#heardAt = this.#options.clock.now();
    this.#silence.start(this.#timings.staleAfter, () => this.#retry());
    const frame = receive(text);
    if ('identifier' in frame && frame.identifier !== this.#options.identifier) return;
    switch (frame.type) {
      case 'welcome':
        if (this.#state.name === 'connecting') this.#subscribe(socket);
        break;
      case 'confirm':
        if (this.#state.name === 'subscribing') this.#confirmed();
        break;
      case 'message':
        this.#options.listener.onMessage(frame.message);
        break;
      case 'reject':
        this.#end({ name: 'closed', reason: 'rejected' });
        break;
      case 'disconnect':
        if (frame.reconnect) this.#retry(true);
        else this.#end({ name: 'closed', reason: 'unauthorized' });
        break;
      case 'unknown':
        this.#options.listener.onUnknownFrame?.(text);
        break;
    }
  }

  #subscribe(socket: Socket): void {
    this.#phase.start(this.#timings.subscribeTimeout, () => {
      this.#retry();
      this.#options.listener.onSubscribeTimeout();
    });
    this.#enter({ name: 'subscribing', attempt: this.#attempt });
    socket.send(subscribe(this.#options.identifier));
  }

  #confirmed(): void {
    this.#phase.start(this.#timings.firstDelay, () => {
      this.#stood = true;
    });
    this.#enter({ name: 'live' });
  }

  /** Gives up the socket and waits. `sentAway`: the server asked for it, and surely asked all others, too. */
  #retry(sentAway = false): void {
    // A subscription that falls at once is a failed try: a server that does this must not be hammered.
    const lost = this.#stood;
    this.#attempt = lost ? 0 : this.#attempt + 1;
    const wait = Math.round(
      Math.max(quickWait(0, this.#timings), lost ? this.#afterLoss(sentAway) : this.#untilTurn()),
    );
    this.#release();
    this.#phase.start(wait, () => this.#open(!lost));
    this.#enter({
      name: 'waiting',
      attempt: this.#attempt,
      nextTryAt: this.#options.clock.now() + wait,
    });
  }

  /** The milliseconds until the first try after a loss: soon, but not when a whole fleet is sent away at once. */
  #afterLoss(sentAway: boolean): number {
    this.#place = this.#options.random.fraction();
    return sentAway
      ? this.#place * this.#timings.maxDelay
      : quickWait(this.#options.random.fraction(), this.#timings);
  }

  /**
   * The milliseconds until this client's turn, after a failed try. One that came at a time that many have in common
   * (a drop, back online, a start) is followed by a wait that spreads them evenly; from then on they stay spread, for
   * tries are spaced from start to start, never further apart than the longest wait, however long the try hung.
   */
  #untilTurn(): number {
    const { maxDelay, maxDelayUnwatched } = this.#timings;
    const longest = this.isWatched ? maxDelay : maxDelayUnwatched;
    const interval = turnInterval(this.#attempt, this.#place, longest, this.#timings);
    const spent = Math.max(0, this.#options.clock.now() - this.#startedAt); // the computer's clock may be set back
    return this.#inTurn ? interval - spent : this.#place * Math.min(interval, longest - spent);
  }

  #end(state: CableState): void {
    this.#release();
    this.#attempt = 0;
    this.#enter(state);
  }

  #release(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#stood = false;
    this.#phase.stop();
    this.#silence.stop();
    socket?.close();
  }

  #enter(state: CableState): void {
    this.#state = state;
    this.#options.listener.onState(state);
  }
}
