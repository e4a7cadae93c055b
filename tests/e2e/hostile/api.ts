// The part of the extension API that the hostile extension uses, in both browsers.

interface Tab {
  id: number;
  url: string;
}

export interface Api {
  runtime: {
    sendMessage(message: unknown): Promise<unknown>;
    onMessage: {
      addListener(
        listener: (message: never, sender: object, answer: (value: unknown) => void) => boolean,
      ): void;
    };
    getURL(path: string): string;
  };
  tabs: {
    query(all: object): Promise<Tab[]>;
    create(tab: { url: string; active: boolean }): Promise<Tab>;
    remove(id: number): Promise<void>;
    sendMessage(id: number, message: object): Promise<unknown>;
  };
  scripting: { executeScript(what: { target: { tabId: number }; func: () => string }): Promise<unknown> };
  webRequest: {
    onBeforeRequest: {
      addListener(listener: (request: { url: string }) => void, filter: { urls: string[] }): void;
    };
  };
  dom?: { openOrClosedShadowRoot(host: Element): ShadowRoot | null };
}

const scope = globalThis as unknown as { browser?: Api; chrome: Api };
export const api = scope.browser ?? scope.chrome;
