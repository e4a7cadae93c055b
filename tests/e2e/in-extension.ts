// What a test asks inside the extension's own contexts. Each function stands by itself: it goes as text into the context.
import type { Snapshot } from '@/lib/messaging/view-updates';

interface Api {
  storage: { local: { get(all: null): Promise<Record<string, unknown>> } };
  runtime: {
    id: string;
    getContexts?(filter: object): Promise<{ documentUrl?: string }[]>;
    sendMessage(command: object): Promise<unknown>;
    connect(as: { name: string }): {
      onMessage: { addListener(listener: (message: { snapshot: Snapshot }) => void): void };
      postMessage(message: object): void;
      disconnect(): void;
    };
  };
  windows: { create(window: { url: string }): Promise<unknown> };
  extension: { getViews(): Window[] };
}
type Scope = { browser?: Api; chrome: Api };

/** In the background: everything in storage.local. */
export function readStored(): Promise<Record<string, unknown>> {
  const { browser, chrome } = globalThis as unknown as Scope;
  return (browser ?? chrome).storage.local.get(null);
}

/** In the background: addresses of all documents of the extension, frames in other pages included. */
export async function readDocuments(): Promise<string[]> {
  const { browser, chrome } = globalThis as unknown as Scope;
  const { runtime, extension } = browser ?? chrome;
  if (!runtime.getContexts) return extension.getViews().map(({ location }) => location.href);
  return (await runtime.getContexts({})).map(({ documentUrl }) => documentUrl ?? '');
}

/** In a panel: what one that opens now is shown. */
export function readSnapshot(opening: object): Promise<Snapshot> {
  const { browser, chrome } = globalThis as unknown as Scope;
  return new Promise((resolve) => {
    const port = (browser ?? chrome).runtime.connect({ name: 'panel' });
    port.onMessage.addListener(({ snapshot }) => {
      resolve(snapshot);
      port.disconnect();
    });
    port.postMessage(opening);
  });
}

/** Asks the background. */
export function say(command: object): Promise<unknown> {
  const { browser, chrome } = globalThis as unknown as Scope;
  return (browser ?? chrome).runtime.sendMessage(command);
}

/** The id by which other extensions can ask this one. */
export function readId(): string {
  const { browser, chrome } = globalThis as unknown as Scope;
  return (browser ?? chrome).runtime.id;
}

/** In the background: opens a window with one page. */
export async function openWindow(url: string): Promise<void> {
  const { browser, chrome } = globalThis as unknown as Scope;
  await (browser ?? chrome).windows.create({ url });
}
