// What can be heard in Firefox besides what documents say of themselves: by its protocol requests and the console of pages,
// by what is written down inside the extension the rest. Bodies of requests, closed shadow roots and the content script's
// own world are out of reach here; what is said to that world is not.
import type { Page } from '@playwright/test';
import type { FirefoxBrowser } from '../driver/firefox/firefox-browser';
import type { FirefoxPage } from '../driver/firefox/firefox-page';
import { readLogged, readToTabs, sayToTabs } from './in-contexts';
import { ask, type Sink, writeToConsole } from './sinks';

interface Requested {
  context: string | null;
  request: { url: string; headers: { name: string; value: { value?: string } }[] };
}

/** Everything that is said from now on. */
export async function firefoxSinks(visitor: FirefoxBrowser): Promise<Sink[]> {
  const { page } = visitor;
  const logged: string[] = [];
  const requests: Requested['request'][] = [];
  await visitor.hear('log.entryAdded', (entry) => logged.push(JSON.stringify(entry)));
  await visitor.hear('network.beforeRequestSent', ({ request, context }: Requested) => {
    // The protocol hears of the background's as well.
    if (context === contextOf(page)) requests.push(request);
  });
  return [
    {
      name: 'addresses of requests',
      read: async () => requests.map(({ url }) => url).join('\n'),
      leak: (text) => page.evaluate(ask, { url: `/?${text}` }),
    },
    {
      name: 'headers of requests',
      read: async () => JSON.stringify(requests.map(({ headers }) => headers)),
      leak: (text) => page.evaluate(ask, { url: '/', headers: { 'x-leak': text } }),
    },
    {
      name: 'console of the page',
      read: async () => logged.join('\n'),
      leak: (text) => page.evaluate(writeToConsole, text),
    },
    {
      name: 'console of the panel',
      read: async () => (await visitor.panel()).evaluate(readLogged),
      leak: async (text) => (await visitor.panel()).evaluate(writeToConsole, text),
    },
    {
      name: 'what the background says to pages',
      read: () => visitor.evaluateInWorker(readToTabs),
      leak: (text) => visitor.evaluateInWorker(sayToTabs, text),
    },
  ];
}

function contextOf(page: Page): string {
  return (page as unknown as FirefoxPage).context;
}
