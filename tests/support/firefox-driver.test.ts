// @vitest-environment happy-dom
// The parts of the Firefox driver that need no Firefox: what its locators find, as Playwright's would, and its keys.
import { beforeEach, describe, expect, it } from 'vitest';
import { inPage } from '../e2e/driver/firefox/in-page';
import { chord, typing } from '../e2e/driver/firefox/keys';
import { patiently } from '../e2e/driver/firefox/patience';
import { describeSteps, hasWords, type Step, wordsOf } from '../e2e/driver/firefox/steps';

const texts = (...steps: Step[]) => inPage.read(steps, 'text');
const role = (role: string, name?: string | RegExp): Step => ({
  by: 'role',
  role,
  ...(name && { name: wordsOf(name) }),
});

describe('words', () => {
  it.each([
    ['a part in any case', wordsOf('hello'), 'Oh, Hello there', true],
    ['other words', wordsOf('hello'), 'Goodbye', false],
    ['the whole in its own case', wordsOf('Hello', true), ' Hello\n', true],
    ['a part, where the whole is asked for', wordsOf('Hello', true), 'Hello there', false],
    ['another case, where the whole is asked for', wordsOf('Hello', true), 'hello', false],
    ['folded white space', wordsOf('one two'), 'one\n   two', true],
    ['a pattern', wordsOf(/^H.+o$/), 'Hello', true],
    ['a pattern that does not fit', wordsOf(/^h/), 'Hello', false],
  ])('find %s', (_, words, text, found) => {
    expect(hasWords(words, text)).toBe(found);
  });
});

describe('in a page', () => {
  beforeEach(() => {
    document.body.innerHTML = `
      <ul aria-label="Conversations">
        <li><a href="#1">The <b>first</b> question</a></li>
        <li><a href="#2">The second question</a></li>
      </ul>
      <ul aria-label="Others"><li>An answer</li></ul>
      <button aria-label="Send">x</button>
      <button aria-hidden="true">Hidden</button>
      <input value="Half a thought" disabled>
      <p role="note">Nobody <span>is typing</span></p>`;
  });

  it('elements are found by role and name, below others, in order', async () => {
    expect(await texts(role('list', 'conversations'), role('link'))).toEqual([
      'The first question',
      'The second question',
    ]);
    expect(await texts(role('button', 'Send'))).toEqual(['x']);
    expect(await texts(role('button'))).toEqual(['x']);
  });

  it('elements are told apart by their words and their place', async () => {
    const links: Step = { by: 'css', selector: 'a' };
    expect(await texts(links, { by: 'hasText', words: wordsOf('FIRST question') })).toHaveLength(1);
    expect(await texts(links, { by: 'nth', index: 0 })).toEqual(['The first question']);
    expect(await texts(links, { by: 'nth', index: -1 })).toEqual(['The second question']);
    expect(await texts(links, { by: 'nth', index: 2 })).toEqual([]);
  });

  it('a text is found in the smallest element that has all of it', async () => {
    expect(await texts({ by: 'text', words: wordsOf('is typing') })).toEqual(['is typing']);
    expect(await texts({ by: 'text', words: wordsOf('nobody is') })).toEqual(['Nobody is typing']);
  });

  it('an element says its name, its value and whether it can be used', async () => {
    const field: Step = { by: 'css', selector: 'input' };
    expect(await inPage.read([role('button', 'Send')], 'accessibleName')).toEqual(['Send']);
    expect(await inPage.read([field], 'value')).toEqual(['Half a thought']);
    expect(await inPage.read([field], 'enabled')).toEqual([false]);
    expect(await inPage.read([role('button')], 'enabled')).toEqual([true]);
  });

  it('there is nothing to click where there are several', async () => {
    expect(await inPage.target([role('link')])).toEqual({ reason: 'there are 2' });
  });
});

it('a chord is let go in the reverse order', () => {
  expect(chord('Shift+Enter').map(({ type, value }) => [type, value])).toEqual([
    ['keyDown', '\ue008'],
    ['keyDown', '\ue006'],
    ['keyUp', '\ue006'],
    ['keyUp', '\ue008'],
  ]);
  expect(chord('a')).toEqual(typing('a'));
  expect(() => chord('Enterr')).toThrow('Which key is Enterr?');
});

it('waiting ends with what was found, or with the last reason', async () => {
  let rounds = 0;
  const found = await patiently('a number', async () =>
    ++rounds < 3 ? { done: false, reason: `${rounds}` } : { done: true, value: rounds },
  );
  expect(found).toBe(3);
  const never = patiently('a miracle', async () => ({ done: false, reason: 'none was seen' }), 10);
  await expect(never).rejects.toThrow('a miracle: after 10 ms none was seen');
});

it('a locator is described as it is read', () => {
  expect(
    describeSteps([role('list', 'Conversations'), { by: 'css', selector: 'a' }, role('link', /x/)]),
  ).toBe('role list "Conversations" › a › role link /x/');
});
