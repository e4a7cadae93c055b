// A client of the herd with the real code of @rails/actioncable, which takes time, chance and sockets from globals:
// these are replaced while the herd runs, by those of the computer whose code is running.
import { adapters, createConsumer } from '@rails/actioncable';
import type { Client, Seat } from './client';
import { Line } from './installation';
import { Computer } from './virtual-clock';

const seats = new Map<Computer, Seat>();
const pageListeners = new Map<Computer, () => void>();

function current(): Computer {
  if (!Computer.current) throw new Error('code of the peer ran outside of a computer');
  return Computer.current;
}

function seatOf(computer: Computer): Seat {
  const seat = seats.get(computer);
  if (!seat) throw new Error('a computer without a seat');
  return seat;
}

/** The browser's WebSocket as far as the peer looks at it. */
class PeerSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly protocol = 'actioncable-v1-json';
  readyState: number = PeerSocket.CONNECTING;
  onopen: () => void = () => {};
  onmessage: (event: { data: string }) => void = () => {};
  onclose: () => void = () => {};
  readonly #line: Line;

  constructor() {
    const { installation, way } = seatOf(current());
    this.#line = new Line(installation, way, {
      open: () => {
        this.readyState = PeerSocket.OPEN;
        this.onopen();
      },
      hear: (data) => this.onmessage({ data }),
      closed: () => {
        this.readyState = PeerSocket.CLOSED;
        this.onclose();
      },
    });
  }

  send(text: string): void {
    this.#line.send(text);
  }

  close(): void {
    this.readyState = PeerSocket.CLOSING;
    this.#line.close();
  }
}

/** Runs `story` with the globals of the peer replaced; everything else in it must be ours. */
export function withPeerGlobals<T>(fraction: () => number, story: () => T): T {
  class VirtualDate {
    static now = () => current().now();
    getTime = () => current().now();
  }
  const replaced: Record<string, unknown> = {
    setTimeout: (run: () => void, delay: number) => current().setTimeout(run, delay),
    clearTimeout: (timer: object | undefined) => current().clearTimeout(timer),
    Date: VirtualDate,
    Math: Object.assign(Object.create(Math), { random: fraction }),
    addEventListener: (_: string, run: () => void) => pageListeners.set(current(), run),
    removeEventListener: () => pageListeners.delete(current()),
    document: { visibilityState: 'visible' },
  };
  const before = Object.keys(replaced).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  const socketBefore = adapters.WebSocket;
  for (const [name, value] of Object.entries(replaced))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  adapters.WebSocket = PeerSocket as unknown as typeof WebSocket;
  try {
    return story();
  } finally {
    adapters.WebSocket = socketBefore;
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
    seats.clear();
    pageListeners.clear();
  }
}

export function peerClient(seat: Seat): Client {
  const { computer } = seat.way;
  seats.set(computer, seat);
  return {
    start: () =>
      createConsumer('ws://herd/cable').subscriptions.create('RoomChannel', { connected: seat.subscribed }),
    isTold: () => pageListeners.get(computer)?.(),
    isWatched: () => {},
  };
}
