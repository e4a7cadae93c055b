// @vitest-environment happy-dom
// Which presses count: a person's, on a button that can be seen. What each browser can tell of that is seen end to end.
import { beforeEach, expect, it } from 'vitest';
import { button, eyes, hosts, press, run, runtime, tell, view } from './content-page';

const toggles = () =>
  runtime.sendMessage.mock.calls.filter(([command]) => command.type === 'panel.toggle').length;

beforeEach(async () => {
  await run();
});

it('asks the browser itself what is covered and transparent', () => {
  expect(eyes.options).toEqual({ trackVisibility: true, delay: 100 });
});

it('takes no press on a button that the browser says cannot be seen', () => {
  eyes.tell(true);
  press(true);
  expect(toggles()).toBe(1);
  eyes.tell(true, false);
  press(true);
  expect(toggles()).toBe(1);
  eyes.tell(false, true);
  press(true);
  expect(toggles()).toBe(2);
});

it('reads what the browser has found but not yet told', () => {
  press(true);
  expect(toggles()).toBe(1);
});

it('keeps a press that comes before the browser has looked, and judges it when it has', () => {
  eyes.sees = null;
  tell({ ...view, count: '' });
  press(true);
  expect(toggles()).toBe(0);
  eyes.tell(true);
  expect(toggles()).toBe(1);
  eyes.tell(true);
  expect(toggles()).toBe(1);
  tell({ ...view, count: '' });
  press(true);
  eyes.tell(false);
  eyes.tell(true);
  expect(toggles()).toBe(1);
});

it('forgets what was seen of a former place', async () => {
  eyes.tell(false);
  hosts()[0]?.remove();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(hosts()).toHaveLength(1);
  press(true);
  expect(toggles()).toBe(1);
});

const root = document.documentElement;
it.each<[string, () => void]>([
  ['nearly transparent', () => root.style.setProperty('opacity', '.4')],
  ['transparent by a filter', () => root.style.setProperty('filter', 'opacity(.1)')],
  ['beside the page or below something', () => Object.assign(document, { elementFromPoint: () => root })],
  ['tiny', () => Object.assign(Element.prototype, { getBoundingClientRect: () => ({ height: 8 }) })],
  ['taken elsewhere by the page', () => document.body.append(hosts()[0] as Element)],
])('takes no press where the browser does not know, and the button is %s', (_, change) => {
  eyes.sees = undefined;
  tell({ ...view, count: '' });
  press(true);
  expect(toggles()).toBe(1);
  change();
  press(true);
  expect(toggles()).toBe(1);
});

it('takes no press of a page, whatever can be seen', () => {
  press(false);
  button().click();
  expect(toggles()).toBe(0);
});
