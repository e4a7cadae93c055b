// The extension API's event objects and ports, as far as lib/platform/webext.ts uses them.

/** An event that a test fires itself; `fire` returns what the last listener returned. */
export function fakeEvent() {
  const listeners: ((...args: never[]) => unknown)[] = [];
  return {
    addListener: (listener: (...args: never[]) => unknown) => void listeners.push(listener),
    fire: (...args: unknown[]): unknown => listeners.map((listener) => listener(...(args as never[]))).at(-1),
  };
}

/** The browser's end of a port; `posted` is what went out. */
export function fakePort(name: string, sender?: unknown) {
  const posted: unknown[] = [];
  return {
    name,
    sender,
    posted,
    closed: false,
    onMessage: fakeEvent(),
    onDisconnect: fakeEvent(),
    postMessage: (message: unknown) => void posted.push(message),
    disconnect() {
      this.closed = true;
    },
  };
}
