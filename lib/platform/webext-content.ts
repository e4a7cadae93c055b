// The few extension calls of the content script, native: the polyfill would double the script's weight.
// Never touches storage, which Firefox could not keep from it.

interface Runtime {
  id?: string;
  sendMessage(message: unknown): Promise<unknown>;
  onMessage: { addListener(listener: (message: unknown) => void): void };
}

// Through globalThis, because WXT would turn a bare `browser` into an import of the polyfill.
const scope = globalThis as { browser?: { runtime?: Runtime }; chrome?: { runtime?: Runtime } };
const runtime = () => (scope.browser ?? scope.chrome)?.runtime;

/** False once the extension was reloaded or removed: this script is then an orphan. */
export function isConnected(): boolean {
  return Boolean(runtime()?.id);
}

/** Asks the background; null when it cannot be reached. */
export async function askBackground(command: unknown): Promise<unknown> {
  try {
    return await runtime()?.sendMessage(command);
  } catch {
    return null;
  }
}

/** Hears what the background says unasked. */
export function onBackgroundMessage(listener: (message: unknown) => void): void {
  runtime()?.onMessage.addListener((message) => listener(message));
}
