// What anybody can try on our background from any world of a browser: every command, and a panel's port. Each function
// stands by itself, because it goes as text into pages, into worlds of content scripts, and into the hostile extension.

export interface Attempt {
  /** The extension that is asked; null: the sender's own. */
  target: string | null;
  /** By their names. */
  commands: Readonly<Record<string, object>>;
  /** What a panel says first on its port. */
  opening: object;
}

/** `heard`: answered as somebody who may ask; `refused`: told no; `unheard`: reached nobody. */
export type Verdict = 'heard' | 'refused' | 'unheard';
/** Of each command, and of the `port`. */
export type Verdicts = Record<string, Verdict>;

/** Tries everything, one after the other. */
export async function attack({ target, commands, opening }: Attempt): Promise<Verdicts> {
  interface Port {
    postMessage(message: object): void;
    disconnect(): void;
    onMessage: { addListener(listener: () => void): void };
    onDisconnect: { addListener(listener: () => void): void };
  }
  interface Runtime {
    sendMessage(...asked: unknown[]): Promise<{ error?: { code?: string } } | null | undefined>;
    connect(...where: unknown[]): Port;
  }
  const scope = globalThis as { browser?: { runtime: Runtime }; chrome?: { runtime?: Runtime } };
  const runtime = (scope.browser ?? scope.chrome)?.runtime;
  const to = target === null ? [] : [target];

  const ask = async (command: object): Promise<Verdict> => {
    // Who cannot be reached throws or rejects, and in some browsers answers nothing.
    const answer = await (async () => runtime?.sendMessage(...to, command))().catch(() => null);
    if (!answer) return 'unheard';
    return answer.error?.code === 'notAllowed' ? 'refused' : 'heard';
  };
  const connect = () =>
    new Promise<Verdict>((resolve) => {
      try {
        const port = runtime?.connect(...to, { name: 'panel' });
        if (!port) return resolve('unheard');
        port.onMessage.addListener(() => {
          resolve('heard');
          port.disconnect();
        });
        port.onDisconnect.addListener(() => resolve('unheard'));
        port.postMessage(opening);
      } catch {
        resolve('unheard');
      }
    });

  const verdicts: Verdicts = { port: await connect() };
  for (const [name, command] of Object.entries(commands)) verdicts[name] = await ask(command);
  return verdicts;
}
