// What scenarios expect of elements and pages in Firefox, under the names of Playwright's matchers: each looks again and
// again until it is so, or until the time is over.
import type { FirefoxLocator } from './firefox-locator';
import type { FirefoxPage } from './firefox-page';
import { PATIENCE, patiently } from './patience';
import { fold } from './steps';

interface Options {
  timeout?: number;
}
type Words = string | RegExp;
type Wanted = Words | readonly Words[];
type Judge = (text: string, words: Words) => boolean;

/** What was seen, and whether that is what is wanted; `null`: there is nothing yet of which it could be said. */
type Verdict = { seen: unknown; isSo: boolean | null };

/** The matchers for an element or elements; `negated`: each waits until it is not so. */
export function matchersOfLocator(locator: FirefoxLocator, negated = false) {
  const read = locator.read.bind(locator);
  const expectIt = (what: string, look: () => Promise<Verdict>, options?: Options) =>
    waitFor(`${locator} ${negated ? 'not ' : ''}${what}`, look, negated, options);

  /** For what is said of one element: of none nothing can be said yet. Throws at several, as Playwright does. */
  const one = async <Value>(values: Promise<Value[]>, isSo: (value: Value) => boolean): Promise<Verdict> => {
    const found = await values;
    const [only] = found;
    if (found.length > 1) throw new Error(`${locator}: ${found.length} elements, where one is meant`);
    return found.length === 1 ? { seen: only, isSo: isSo(only as Value) } : { seen: 'none', isSo: null };
  };
  const visible = async (): Promise<Verdict> => {
    const found = await read('visible');
    return found.length === 0 ? { seen: 'none', isSo: false } : one(Promise.resolve(found), Boolean);
  };
  const texts = async (wanted: Wanted, judge: Judge): Promise<Verdict> => {
    if (!isList(wanted)) return one(read('text'), (text) => judge(text, wanted));
    const seen = await read('text');
    const isSo =
      seen.length === wanted.length && wanted.every((words, index) => judge(seen[index] ?? '', words));
    return { seen, isSo };
  };

  return {
    get not() {
      return matchersOfLocator(locator, !negated);
    },
    toBeVisible: (options?: Options) => expectIt('visible', visible, options),
    toBeHidden: (options?: Options) => expectIt('hidden', async () => opposite(await visible()), options),
    toBeEnabled: (options?: Options) => expectIt('enabled', () => one(read('enabled'), Boolean), options),
    toBeDisabled: (options?: Options) =>
      expectIt('disabled', () => one(read('enabled'), (enabled) => !enabled), options),
    toBeFocused: (options?: Options) => expectIt('focused', () => one(read('focused'), Boolean), options),
    toBeChecked: (options?: Options) => expectIt('checked', () => one(read('checked'), Boolean), options),
    toBeInViewport: (options?: Options) =>
      expectIt('in the viewport', () => one(read('inViewport'), Boolean), options),
    toBeEmpty: (options?: Options) =>
      expectIt('empty', () => one(read('text'), (text) => fold(text) === ''), options),
    toHaveText: (wanted: Wanted, options?: Options) =>
      expectIt(`has the text ${wanted}`, () => texts(wanted, isWhole), options),
    toContainText: (wanted: Wanted, options?: Options) =>
      expectIt(`contains ${wanted}`, () => texts(wanted, isPart), options),
    toHaveCount: (count: number, options?: Options) =>
      expectIt(
        `there are ${count}`,
        async () => {
          const seen = await locator.count();
          return { seen, isSo: seen === count };
        },
        options,
      ),
    toHaveAccessibleName: (wanted: Words, options?: Options) =>
      expectIt(
        `is named ${wanted}`,
        () => one(read('accessibleName'), (name) => isWhole(name, wanted)),
        options,
      ),
    toHaveValue: (wanted: Words, options?: Options) =>
      expectIt(
        `has the value ${wanted}`,
        () =>
          one(read('value'), (value) =>
            typeof wanted === 'string' ? value === wanted : isPart(String(value), wanted),
          ),
        options,
      ),
    toHaveAttribute: (name: string, wanted: Words, options?: Options) =>
      expectIt(
        `has ${name} ${wanted}`,
        () => one(read('attribute', name), (value) => value !== null && isWhole(String(value), wanted)),
        options,
      ),
    toHaveCSS: (property: string, wanted: Words, options?: Options) =>
      expectIt(
        `has ${property} ${wanted}`,
        () => one(read('css', property), (value) => isWhole(String(value), wanted)),
        options,
      ),
  };
}

/** The matchers for a page. */
export function matchersOfPage(page: FirefoxPage) {
  return {
    toHaveTitle: (wanted: Words, options?: Options) =>
      waitFor(
        `the title is ${wanted}`,
        async () => {
          const seen = await page.title();
          return { seen, isSo: isWhole(seen, wanted) };
        },
        false,
        options,
      ),
  };
}

const isWhole: Judge = (text, words) =>
  typeof words === 'string' ? fold(text) === fold(words) : words.test(fold(text));

const isPart: Judge = (text, words) =>
  typeof words === 'string' ? fold(text).includes(fold(words)) : words.test(fold(text));

function isList(wanted: Wanted): wanted is readonly Words[] {
  return Array.isArray(wanted);
}

function opposite({ seen, isSo }: Verdict): Verdict {
  return { seen, isSo: isSo === null ? null : !isSo };
}

async function waitFor(
  what: string,
  look: () => Promise<Verdict>,
  negated: boolean,
  { timeout = PATIENCE }: Options = {},
): Promise<void> {
  await patiently(
    `expected: ${what}`,
    async () => {
      const { seen, isSo } = await look();
      return isSo === !negated
        ? { done: true, value: undefined }
        : { done: false, reason: `seen: ${JSON.stringify(seen)}` };
    },
    timeout,
  );
}
