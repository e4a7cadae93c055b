// The world beside a page's own scripts in which the extension's content script runs. Chromium's debugger alone leads there.
import type { CDPSession, Page } from '@playwright/test';

/** The world of the extension whose pages begin with `extensionUrl`, in the document that the page shows now. */
export async function isolatedWorld(page: Page, extensionUrl: string): Promise<IsolatedWorld> {
  const session = await page.context().newCDPSession(page);
  const origin = extensionUrl.replace(/\/$/, '');
  const found = new Promise<number>((resolve) => {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.origin === origin && context.auxData?.type === 'isolated') resolve(context.id);
    });
  });
  await session.send('Runtime.enable');
  return new IsolatedWorld(session, await found);
}

/** Origins of all extensions whose scripts have a world in the document that the page shows now. */
export async function extensionWorlds(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const origins: string[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => origins.push(context.origin));
  // Those that are there are told before the answer.
  await session.send('Runtime.enable');
  await session.detach();
  return origins.filter((origin) => origin.startsWith('chrome-extension:'));
}

export class IsolatedWorld {
  readonly #session: CDPSession;
  readonly #contextId: number;

  constructor(session: CDPSession, contextId: number) {
    this.#session = session;
    this.#contextId = contextId;
  }

  /** Runs `body` there; argument and value go as JSON. */
  async evaluate<Argument, Value>(
    body: (argument: Argument) => Value | Promise<Value>,
    argument: Argument,
  ): Promise<Value> {
    const { result, exceptionDetails } = await this.#session.send('Runtime.callFunctionOn', {
      functionDeclaration: String(body),
      arguments: [{ value: argument }],
      executionContextId: this.#contextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as Value;
  }
}
