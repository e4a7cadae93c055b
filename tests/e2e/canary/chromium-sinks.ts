// The places where Chromium's debugger hears more than a document says of itself: closed shadow roots, requests with all
// they carry, consoles, and what reaches our content script in its own world.
import type { Page, Request } from '@playwright/test';
import type { ExtensionBrowser } from '../driver/extension-browser';
import { type IsolatedWorld, isolatedWorld } from '../driver/isolated-world';
import { sayToTabs } from './in-contexts';
import { ask, type Sink, writeToConsole } from './sinks';

/** Everything that is said from now on. The first tab must show the company's page. */
export function chromiumSinks(visitor: ExtensionBrowser): Sink[] {
  const { page } = visitor;
  const logged: string[] = [];
  const sockets: string[] = [];
  const requests: Request[] = [];
  page.on('console', (message) => logged.push(message.text()));
  page.on('pageerror', (error) => logged.push(`${error} ${error.stack}`));
  page.on('request', (request) => requests.push(request));
  page.on('websocket', (socket) => sockets.push(socket.url()));
  const ofRequests = async (part: (request: Request) => string | Promise<string>) =>
    (await Promise.all(requests.map(part))).join('\n');
  return [
    {
      name: 'closed parts of the page',
      read: async () => JSON.stringify(await wholeDocument(page)),
      leak: (text) => page.evaluate(leakIntoClosed, text),
    },
    {
      name: 'addresses of requests',
      read: async () => `${await ofRequests((request) => request.url())}\n${sockets.join('\n')}`,
      leak: (text) => page.evaluate(ask, { url: `/?${text}` }),
    },
    {
      name: 'headers of requests',
      read: () => ofRequests(async (request) => JSON.stringify(await request.allHeaders())),
      leak: (text) => page.evaluate(ask, { url: '/', headers: { 'x-leak': text } }),
    },
    {
      name: 'bodies of requests',
      read: () => ofRequests((request) => request.postData() ?? ''),
      leak: (text) => page.evaluate(ask, { url: '/', method: 'POST', body: text }),
    },
    {
      name: 'console of the page',
      read: async () => logged.join('\n'),
      leak: (text) => page.evaluate(writeToConsole, text),
    },
    {
      name: 'console of the panel',
      read: async () => consoleOf(await visitor.panel()),
      leak: async (text) => (await visitor.panel()).evaluate(writeToConsole, text),
    },
    contentScriptSink(visitor),
  ];
}

/** What the content script hears unasked, and what it is answered when it asks for its button. */
function contentScriptSink(visitor: ExtensionBrowser): Sink {
  let known: { world: IsolatedWorld; birth: number } | null = null;
  const world = async () => {
    const birth = await visitor.page.evaluate(() => performance.timeOrigin);
    if (known?.birth !== birth)
      known = { birth, world: await isolatedWorld(visitor.page, visitor.extensionPage('')) };
    return known.world;
  };
  return {
    name: 'what the content script hears',
    read: async () => (await world()).evaluate(readHeard, null),
    leak: (text) => visitor.evaluateInWorker(sayToTabs, text),
  };
}

/** In the content script's world. */
async function readHeard(): Promise<string> {
  interface Runtime {
    onMessage: { addListener(listener: (message: unknown) => void): void };
    sendMessage(message: object): Promise<unknown>;
  }
  const scope = globalThis as unknown as { chrome: { runtime: Runtime }; heard?: unknown[] };
  const { runtime } = scope.chrome;
  if (!scope.heard) {
    const heard: unknown[] = [];
    scope.heard = heard;
    runtime.onMessage.addListener((message) => heard.push(message));
  }
  return JSON.stringify([...scope.heard, await runtime.sendMessage({ type: 'button.show' })]);
}

/** The whole tree of nodes, closed shadow roots included. */
async function wholeDocument(page: Page): Promise<unknown> {
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
  await session.detach();
  return root;
}

function leakIntoClosed(text: string): void {
  const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'closed' });
  root.append(text);
}

/** All that was written to a page's console since it was loaded: the browser says it again to whoever begins to listen. */
async function consoleOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const logged: string[] = [];
  session.on('Runtime.consoleAPICalled', ({ args }) => logged.push(JSON.stringify(args)));
  session.on('Runtime.exceptionThrown', (thrown) => logged.push(JSON.stringify(thrown)));
  session.on('Log.entryAdded', ({ entry }) => logged.push(JSON.stringify(entry)));
  await session.send('Runtime.enable');
  await session.send('Log.enable');
  await session.detach();
  return logged.join('\n');
}
