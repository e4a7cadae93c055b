// @vitest-environment happy-dom
// docs/host-page.md, what runs in a site's pages: each example is put into a page as it stands, beside the extension.
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import contentScript from '@/entrypoints/help-button.content/index';
import { parseCustomAttributes, parsePageUser } from '@/lib/site/page-user';
import { runtime, tell, view } from '../entrypoints/content-page';
import { examplesOf } from './examples';

const examples = examplesOf('docs/host-page.md');
/** The examples of a page's own, without the server's. */
const [wholeBlock, nullBlock, ...moreHtml] = examples.filter(({ language }) => language === 'html');
const [, look, events, ownButton, dropIn, dropInReset, cache, ...moreJs] = examples.filter(
  ({ language }) => language === 'js',
);

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const run = (example: { code: string } | undefined) => new Function(example?.code ?? 'throw new Error()')();
/** As a browser parses it: happy-dom runs no scripts. */
const put = (example: { code: string } | undefined) => {
  document.body.innerHTML = example?.code ?? '';
};
const serveDropIn = () => run({ code: readFileSync('docs/host-page/carbonchat-page.js', 'utf8') });

/** What reached the background since the last time, parsed. */
function said(): unknown[] {
  const words: unknown[] = [];
  for (const [{ type, user, attributes }] of runtime.sendMessage.mock.calls) {
    if (type === 'user.say') words.push(parsePageUser(user));
    if (type === 'user.attributes') words.push(parseCustomAttributes(attributes));
  }
  runtime.sendMessage.mockClear();
  return words;
}

beforeEach(() => {
  vi.useFakeTimers();
  runtime.sendMessage.mockImplementation(async ({ type }: { type: string }) =>
    type === 'button.show' ? { ok: true, value: view } : { ok: true, value: null },
  );
});

async function extensionComes(): Promise<void> {
  await contentScript.main({} as never);
  await pass(1000);
}

const ana = {
  identifier: 'user-4711',
  hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  name: 'Ana Marić',
  email: 'ana@example.com',
  phoneNumber: '+385911234567',
  avatarUrl: 'https://example.com/ana.png',
};

it('has no example in a page but those below', () => {
  expect([...moreHtml, ...moreJs]).toEqual([]);
});

it('says a customer by the block, and that nobody is signed in by the other', async () => {
  put(wholeBlock);
  await extensionComes();
  const customAttributes = { plan: 'pro', seats: 3, trial: false };
  expect(said()).toEqual([{ kind: 'user', user: { ...ana, customAttributes }, problems: [] }]);
  put(nullBlock);
  await pass(1000);
  expect(said()).toEqual([{ kind: 'signedOut' }]);
});

it('lets developers see that it works', async () => {
  const [info, warn] = [vi.spyOn(console, 'info'), vi.spyOn(console, 'warn')].map((spy) =>
    spy.mockImplementation(() => {}),
  );
  run(look);
  await extensionComes();
  expect(info?.mock.calls).toEqual([['The support panel listens.']]);
  expect(warn).not.toHaveBeenCalled();
  put(wholeBlock);
  await pass(1000);
  tell({ ...view, user: 'refused' });
  expect(warn).toHaveBeenCalledTimes(1);
});

describe('by events', () => {
  it('says a customer, attributes and a sign-out, the last of each kind', async () => {
    await extensionComes();
    const code = events?.code ?? '';
    const [define = ''] = code.split(/^say/m);
    const words = code.match(/^say\(.*$/gm) ?? [];
    expect(words).toHaveLength(3);
    for (const word of words) {
      run({ code: define + word });
      await pass(1000);
    }
    expect(said()).toEqual([
      expect.objectContaining({ kind: 'user', problems: [] }),
      { customAttributes: { plan: 'team' }, problems: [] },
      { kind: 'signedOut' },
    ]);
    run(events);
    await pass(1000);
    expect(said()).toEqual([]);
  });

  it('opens the panel by a button of the page', async () => {
    Object.defineProperty(navigator, 'userActivation', { configurable: true, value: { isActive: true } });
    await extensionComes();
    run(ownButton);
    runtime.sendMessage.mockClear();
    document.querySelector<HTMLElement>('body > button')?.click();
    expect(runtime.sendMessage.mock.calls).toEqual([[{ type: 'panel.toggle' }]]);
  });
});

it('says a customer with the names of the website SDK', async () => {
  serveDropIn();
  run(dropIn);
  await extensionComes();
  const customAttributes = { plan: 'pro' };
  expect(said()).toEqual([{ kind: 'user', user: { ...ana, customAttributes }, problems: [] }]);
  run(dropInReset);
  await pass(1000);
  expect(said()).toEqual([{ kind: 'signedOut' }]);
});

it('loads a page anew that comes back from the back/forward cache', () => {
  const reload = vi.spyOn(location, 'reload').mockImplementation(() => {});
  run(cache);
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  expect(reload).not.toHaveBeenCalled();
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  expect(reload).toHaveBeenCalledTimes(1);
});
