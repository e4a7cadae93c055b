// What is said inside the extension: written down from the first call on, told at each. Each function stands by itself: it
// goes as text into the panel or the background.

interface Api {
  runtime: {
    sendMessage(...message: unknown[]): Promise<unknown>;
    connect(as: { name: string }): {
      onMessage: { addListener(listener: (message: unknown) => void): void };
      postMessage(message: object): void;
    };
  };
  tabs: {
    query(all: object): Promise<{ id: number }[]>;
    sendMessage(id: number, ...message: unknown[]): Promise<unknown>;
  };
  action?: Toolbar;
  browserAction: Toolbar;
}
interface Toolbar {
  getTitle(where: object): Promise<string>;
  setTitle(title: object): Promise<void>;
  setBadgeText(text: object): Promise<void>;
  getBadgeText(where: object): Promise<string>;
}
interface Scope {
  browser?: Api;
  chrome: Api;
  told?: unknown[];
  logged?: string[];
  toTabs?: unknown[];
  onToolbar?: unknown[];
}

/** In a panel: what a panel is told on its port and in answer to its commands. */
export async function readTold(opening: object): Promise<string> {
  const scope = globalThis as unknown as Scope;
  const { runtime } = scope.browser ?? scope.chrome;
  if (!scope.told) {
    const told: unknown[] = [];
    scope.told = told;
    const ask = runtime.sendMessage.bind(runtime);
    runtime.sendMessage = async (...message) => {
      const answer = await ask(...message);
      told.push(answer);
      return answer;
    };
    const port = runtime.connect({ name: 'panel' });
    port.onMessage.addListener((message) => told.push(message));
    port.postMessage(opening);
  }
  return JSON.stringify(scope.told);
}

/** What is written to the console, and errors that nobody caught. */
export async function readLogged(): Promise<string> {
  const scope = globalThis as unknown as Scope;
  if (!scope.logged) {
    const logged: string[] = [];
    scope.logged = logged;
    const words = (value: unknown) =>
      value instanceof Error ? `${value} ${value.stack}` : `${JSON.stringify(value)}`;
    for (const level of ['debug', 'log', 'info', 'warn', 'error'] as const) {
      const write = console[level].bind(console);
      console[level] = (...values: unknown[]) => {
        logged.push(...values.map(words));
        write(...values);
      };
    }
    addEventListener('error', ({ message, error }) => logged.push(message, words(error)));
    addEventListener('unhandledrejection', ({ reason }) => logged.push(words(reason)));
  }
  return scope.logged.join('\n');
}

/** In the background: what it says to the scripts in pages. */
export async function readToTabs(): Promise<string> {
  const scope = globalThis as unknown as Scope;
  const { tabs } = scope.browser ?? scope.chrome;
  if (!scope.toTabs) {
    const said: unknown[] = [];
    scope.toTabs = said;
    const send = tabs.sendMessage.bind(tabs);
    tabs.sendMessage = (id, ...message) => {
      said.push(message);
      return send(id, ...message);
    };
  }
  return JSON.stringify(scope.toTabs);
}

/** In the background: says a text to the scripts in all pages. */
export async function sayToTabs(text: string): Promise<void> {
  const { browser, chrome } = globalThis as unknown as Scope;
  const { tabs } = browser ?? chrome;
  for (const { id } of await tabs.query({}))
    await tabs.sendMessage(id, { type: 'leak', text }).catch(() => {});
}

/** In the background: what is put on the toolbar. */
export async function readToolbar(): Promise<string> {
  const scope = globalThis as unknown as Scope;
  const { action, browserAction } = scope.browser ?? scope.chrome;
  const toolbar = action ?? browserAction;
  if (!scope.onToolbar) {
    const put: unknown[] = [await toolbar.getTitle({}), await toolbar.getBadgeText({})];
    scope.onToolbar = put;
    for (const write of ['setTitle', 'setBadgeText'] as const) {
      const original = toolbar[write].bind(toolbar);
      toolbar[write] = (what: object) => {
        put.push(what);
        return original(what);
      };
    }
  }
  return JSON.stringify(scope.onToolbar);
}

/** In the background: gives the toolbar's icon a title. */
export async function writeToolbar(title: string): Promise<void> {
  const { browser, chrome } = globalThis as unknown as Scope;
  const { action, browserAction } = browser ?? chrome;
  await (action ?? browserAction).setTitle({ title });
}
