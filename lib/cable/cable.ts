// One subscription over one socket, kept alive: connects, subscribes, notices silence, backs off, tries again.
// Owns the socket, its timers and the state. Must know nothing of chat, tokens or what a message means.

import type { Socket } from '@/lib/platform/types';
import { defaultTimings, delay } from './backoff';
import { offeredProtocols, perform, receive, speaks, subscribe } from './frames';
import { Timer } from './timer';
import type { CableOptions, CableState, CableTimings } from './types';

/**
 * An Action Cable client for one identifier (contract §5). Never has two sockets at a time. A listener may call
 * any method from inside a callback, so every callback is the last thing that happens in its turn.
 */
export class Cable {
  readonly #options: CableOptions;
  readonly #timings: CableTimings;
  /** By when the present phase must end: the welcome, the confirmation or the next try is due. */
  readonly #phase: Timer;
  /** Runs from a socket's first frame on; every frame, even an unknown one, starts it again. */
  readonly #silence: Timer;
  #state: CableState = { name: 'idle' };
  /** The only socket whose events count. */
  #socket: Socket | null = null;
  #attempt: number;
  #startedAt = 0;
  #liveSince = 0;
  #heardAt = 0;

  constructor(options: CableOptions) {
    this.#options = options;
    this.#timings = { ...defaultTimings, ...options.timings };
    this.#phase = new Timer(options.clock);
    this.#silence = new Timer(options.clock);
    this.#attempt = options.attempt ?? 0;
  }

  get state(): CableState {
    return this.#state;
  }

  /** Starts from idle or closed; in every other state it does nothing. */
  connect(): void {
    if (this.#state.name === 'idle' || this.#state.name === 'closed') this.#open();
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
    if (this.state.name === 'waiting') this.#open();
  }

  /** Performs `action` on the subscription (contract §5.3). False when not live: then nothing was sent. */
  perform(action: string): boolean {
    if (this.#state.name !== 'live') return false;
    this.#socket?.send(perform(this.#options.identifier, action));
    return true;
  }

  #open(): void {
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
        if (frame.reconnect) this.#retry();
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
    this.#phase.stop();
    this.#liveSince = this.#options.clock.now();
    this.#enter({ name: 'live' });
  }

  /**
   * Gives up the socket and waits. Tries are spaced from start to start, so that a try that hung until its
   * time-out is not followed by a long wait as well; but never closer than the wait after a mere drop.
   */
  #retry(): void {
    const { clock, random } = this.#options;
    const now = clock.now();
    // A subscription that falls at once is a failed try: a server that does this must not be hammered.
    const stood = this.#state.name === 'live' && now - this.#liveSince >= this.#timings.firstDelay;
    this.#attempt = stood ? 0 : this.#attempt + 1;
    const fraction = random.fraction();
    const spent = Math.max(0, now - this.#startedAt); // the computer's clock may be set back
    const wait = Math.max(
      delay(0, fraction, this.#timings),
      delay(this.#attempt, fraction, this.#timings) - spent,
    );
    this.#release();
    this.#phase.start(wait, () => this.#open());
    this.#enter({ name: 'waiting', attempt: this.#attempt, nextTryAt: now + wait });
  }

  #end(state: CableState): void {
    this.#release();
    this.#attempt = 0;
    this.#enter(state);
  }

  #release(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#phase.stop();
    this.#silence.stop();
    socket?.close();
  }

  #enter(state: CableState): void {
    this.#state = state;
    this.#options.listener.onState(state);
  }
}
