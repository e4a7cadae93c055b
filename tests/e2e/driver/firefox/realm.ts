// Functions of ours in a world of the browser: bundles them once, brings them there when they are missing, and calls them
// with JSON in and out. Knows none of them.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Bidi, BidiError } from './bidi';

/** Where functions run: in a document, or beside its scripts in a `sandbox` of that name. */
export interface RealmTarget {
  context: string;
  sandbox?: string;
}

interface Evaluated {
  type: 'success' | 'exception';
  result?: { type: string; value?: string };
  exceptionDetails?: { text: string };
}

type Functions = Record<string, (...args: never[]) => unknown>;

const bundles = new Map<string, Promise<string>>();

/** A file of this folder as one script. */
function bundleOf(file: string): Promise<string> {
  const known = bundles.get(file);
  if (known) return known;
  const bundle = build({
    entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'firefox140',
    write: false,
  }).then(({ outputFiles: [output] }) => output?.text ?? '');
  bundles.set(file, bundle);
  return bundle;
}

/** The functions that `file` of this folder leaves in `globalThis.carbonchatTest`, in one world. */
export class Realm<Known extends Functions> {
  readonly #bidi: Bidi;
  readonly #target: RealmTarget;
  readonly #file: string;

  constructor(bidi: Bidi, target: RealmTarget, file: string) {
    this.#bidi = bidi;
    this.#target = target;
    this.#file = file;
  }

  /** Calls one of the functions. Rejects with what it throws, or with a BidiError when the world is gone. */
  async call<Name extends keyof Known & string>(
    name: Name,
    ...args: Parameters<Known[Name]>
  ): Promise<Awaited<ReturnType<Known[Name]>>> {
    const body = `async (name, args) => {
      const { carbonchatTest } = globalThis;
      if (!carbonchatTest) return undefined;
      return JSON.stringify(await carbonchatTest[name](...JSON.parse(args))) ?? 'null';
    }`;
    const given = [name, JSON.stringify(args)];
    let answer = await callFunction(this.#bidi, this.#target, body, given);
    if (answer === undefined) {
      await runScript(this.#bidi, this.#target, await bundleOf(this.#file));
      answer = await callFunction(this.#bidi, this.#target, body, given);
    }
    return JSON.parse(answer ?? 'null');
  }
}

/** Runs a script; what it comes to is not told. */
export async function runScript(bidi: Bidi, target: RealmTarget, expression: string): Promise<void> {
  const asked = { expression, target, awaitPromise: false };
  resultOf(await bidi.send<Evaluated>('script.evaluate', asked));
}

/** Calls a function, given as its source, with texts. A text is what it may answer. */
export async function callFunction(
  bidi: Bidi,
  target: RealmTarget,
  functionDeclaration: string,
  texts: readonly string[],
): Promise<string | undefined> {
  const evaluated = await bidi.send<Evaluated>('script.callFunction', {
    functionDeclaration,
    arguments: texts.map((value) => ({ type: 'string', value })),
    target,
    awaitPromise: true,
  });
  return resultOf(evaluated);
}

function resultOf({ result, exceptionDetails }: Evaluated): string | undefined {
  if (exceptionDetails) throw new BidiError('script', 'exception', exceptionDetails.text);
  return result?.value;
}
