// The few extension calls of the content script, native: the polyfill would double the script's weight.
// Never touches storage, which Firefox could not keep from it.

interface Runtime {
  id?: string;
  sendMessage(message: unknown): Promise<unknown>;
  onMessage: { addListener(listener: (message: unknown) => void): void };
}

/** Between two tries without an answer, in ms. */
const pause = 500;

// Through globalThis, because WXT would turn a bare `browser` into an import of the polyfill.
const scope = globalThis as { browser?: { runtime?: Runtime }; chrome?: { runtime?: Runtime } };
const runtime = () => (scope.browser ?? scope.chrome)?.runtime;

/** False once the extension was reloaded or removed: this script is then an orphan. */
export function isConnected(): boolean {
  return Boolean(runtime()?.id);
}

/**
 * Asks the background; nothing when it cannot be reached. With more tries it is asked again: it may be stopped or updated
 * while it is asked, and asking wakes it.
 */
export async function askBackground(command: unknown, tries = 1): Promise<unknown> {
  try {
    const answer = await runtime()?.sendMessage(command);
    if (answer) return answer;
  } catch {}
  if (tries === 1 || !isConnected()) return;
  await new Promise((resolve) => setTimeout(resolve, pause));
  return askBackground(command, tries - 1);
}

/** Hears what the background says unasked. What `listener` returns would be the answer: nothing. */
export function onBackgroundMessage(listener: (message: unknown) => undefined): void {
  runtime()?.onMessage.addListener(listener);
}
