// @vitest-environment happy-dom
// What a page says of its user, and what it is told: every word once, the last one counts, and nothing on foreign pages.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import contentScript from '@/entrypoints/help-button.content/index';
import { maxPageText } from '@/lib/messaging/commands';
import { listenAsPage, runtime, say, tell, toldPage, view } from './content-page';

const ana = '{"identifier":"ana"}';
const ben = '{"identifier":"ben"}';
const done = { ok: true, value: null };

/** What was said to the background so far, since the last time it was asked for. */
function said(): unknown[] {
  const words = runtime.sendMessage.mock.calls
    .map(([command]) => command)
    .filter(({ type }) => type.startsWith('user.'))
    .map(({ user, attributes }) => attributes ?? user);
  runtime.sendMessage.mockClear();
  return words;
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** Puts a block into the page. */
function block(text: string, type = 'application/json'): HTMLScriptElement {
  const element = Object.assign(document.createElement('script'), { type });
  element.setAttribute('data-carbonchat-user', '');
  element.append(text);
  document.head.append(element);
  return element;
}

/** Answers as the background does. */
function answer(words: Record<string, unknown> = {}): void {
  runtime.sendMessage.mockImplementation(async ({ type }: { type: string }) =>
    type in words ? words[type] : type === 'button.show' ? { ok: true, value: view } : done,
  );
}

async function start(): Promise<void> {
  await contentScript.main({} as never);
  await pass(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  answer();
  listenAsPage();
});

describe('an identity block', () => {
  it('that is there is said as it is written', async () => {
    block(` \n${ana}\n`);
    await start();
    expect(said()).toEqual([ana]);
  });

  it('that comes later, changes or is replaced is said, once each', async () => {
    await start();
    expect(said()).toEqual([]);
    const element = block(ana);
    await pass(1000);
    expect(said()).toEqual([ana]);
    (element.firstChild as Text).data = ben;
    await pass(1000);
    expect(said()).toEqual([ben]);
    element.textContent = ben;
    await pass(1000);
    expect(said()).toEqual([]);
    element.remove();
    block(ana);
    await pass(1000);
    expect(said()).toEqual([ana]);
  });

  it('that says null says that nobody is signed in; no block says nothing', async () => {
    const element = block(ana);
    await start();
    element.textContent = ' null ';
    await pass(1000);
    element.remove();
    await pass(1000);
    expect(said()).toEqual([ana, null]);
  });

  it('counts only where it is one, and the first one only', async () => {
    block(ben, 'text/plain');
    block(ben).removeAttribute('data-carbonchat-user');
    block(ana);
    block(ben);
    await start();
    expect(said()).toEqual([ana]);
  });
});

describe('an event', () => {
  it('says a user, attributes of that user, and that nobody is signed in', async () => {
    await start();
    say('set-user', ana);
    await pass(1000);
    say('set-custom-attributes', '{"plan":"pro"}');
    await pass(1000);
    say('reset');
    await pass(1000);
    say('set-user', ben);
    await pass(1000);
    say('set-user', 'null');
    await pass(1000);
    expect(said()).toEqual([ana, '{"plan":"pro"}', null, ben, null]);
  });

  it.each([undefined, null, 7, { identifier: 'ana' }, ['ana']])(
    'with %j for a text says nothing',
    async (detail) => {
      await start();
      say('set-user', detail);
      say('set-custom-attributes', detail);
      await pass(1000);
      expect(said()).toEqual([]);
    },
  );

  it('is later than the block that stands in the page by then', async () => {
    await start();
    block(ana);
    say('set-user', ben);
    await pass(1000);
    document.body.append('Something changes.');
    await pass(1000);
    expect(said()).toEqual([ben]);
  });

  it('is heard in answer to the first one of ours', async () => {
    window.addEventListener('carbonchat:ready', () => say('set-user', ana));
    await start();
    expect(said()).toEqual([ana]);
  });
});

describe('many words', () => {
  it('are said one in 250 ms, and of each kind the last one only', async () => {
    await start();
    const times: number[] = [];
    runtime.sendMessage.mockImplementation(async ({ type }) => {
      if (type === 'user.say') times.push(performance.now());
      return type === 'button.show' ? { ok: true, value: view } : done;
    });
    for (let n = 0; n < 100; n++) {
      say('set-user', JSON.stringify({ identifier: `user ${n}` }));
      await pass(10);
    }
    await pass(1000);
    expect(times.length).toBeLessThanOrEqual(5);
    expect(said().at(-1)).toBe('{"identifier":"user 99"}');
    for (const [index, time] of times.entries())
      expect(time - (times[index - 1] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(250);
  });

  it('never say the attributes of one user of another', async () => {
    await start();
    say('set-user', ana);
    say('set-custom-attributes', '{"plan":"pro"}');
    say('set-user', ben);
    await pass(1000);
    expect(said()).toEqual([ben]);
    say('set-custom-attributes', '{"plan":"pro"}');
    await pass(1000);
    expect(said()).toEqual(['{"plan":"pro"}']);
  });

  it('leave out what was said before', async () => {
    await start();
    for (const user of [ana, ana, 'null', ana]) say('set-user', user);
    await pass(1000);
    for (const attributes of ['{}', '{"a":1}', '{}']) say('set-custom-attributes', attributes);
    await pass(1000);
    say('set-user', ana);
    say('set-custom-attributes', '{}');
    await pass(1000);
    expect(said()).toEqual([ana, '{}']);
  });

  it('that are too long are dropped, and the page is told', async () => {
    await start();
    const longest = `"${'x'.repeat(maxPageText - 2)}"`;
    say('set-user', `${longest} `);
    say('set-custom-attributes', `${longest} `);
    await pass(1000);
    expect(said()).toEqual([]);
    expect(toldPage).toEqual(['ready', 'error', 'error']);
    say('set-user', longest);
    await pass(1000);
    expect(said()).toEqual([longest]);
  });
});

describe('a busy page', () => {
  it('is looked at four times a second at most', async () => {
    await start();
    await pass(1000);
    const look = vi.spyOn(document, 'querySelector');
    for (let n = 0; n < 100; n++) {
      document.body.append('x');
      await pass(10);
    }
    expect(look.mock.calls.length).toBeGreaterThan(2);
    expect(look.mock.calls.length).toBeLessThanOrEqual(5);
  });

  it('that rests is not looked at', async () => {
    await start();
    await pass(1000);
    const look = vi.spyOn(document, 'querySelector');
    await pass(10_000);
    expect(look).not.toHaveBeenCalled();
  });
});

describe('a page that is not ours', () => {
  it('is neither read nor told anything, and nothing is said of it', async () => {
    answer({ 'button.show': { ok: false, error: { code: 'notAllowed', message: '' } } });
    block(ana);
    const look = vi.spyOn(document, 'querySelector');
    await start();
    for (const name of ['set-user', 'reset', 'set-custom-attributes', 'toggle']) say(name, ana);
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(1000);
    expect(said()).toEqual([]);
    expect(toldPage).toEqual([]);
    expect(look).not.toHaveBeenCalled();
  });
});

describe('a background that does not answer', () => {
  it('is told again, three times, and then when there is something to say or the tab comes back', async () => {
    await start();
    answer({ 'user.say': undefined });
    say('set-user', ana);
    await pass(60_000);
    expect(said()).toEqual([ana, ana, ana]);
    answer();
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(1000);
    expect(said()).toEqual([ana]);
  });

  it('hears the last word when it answers again', async () => {
    await start();
    answer({ 'user.say': undefined });
    say('set-user', ana);
    await pass(100);
    say('set-user', ben);
    answer();
    await pass(1000);
    expect(said().at(-1)).toBe(ben);
  });
});

it('says everything anew when the page returns from the back/forward cache', async () => {
  block(ana);
  await start();
  say('set-custom-attributes', '{"plan":"pro"}');
  await pass(1000);
  expect(said()).toEqual([ana, '{"plan":"pro"}']);
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  await pass(1000);
  expect(said()).toEqual([ana, '{"plan":"pro"}']);
});

describe('the page', () => {
  it('is told once that we are there, also where the site wants no button of ours', async () => {
    answer({ 'button.show': { ok: true, value: { ...view, shown: false } } });
    await start();
    tell(view);
    expect(toldPage).toEqual(['ready']);
    say('set-user', ana);
    await pass(1000);
    expect(said()).toEqual([ana]);
  });

  it('is told that the panel opened and closed, and that unread messages became more', async () => {
    await start();
    tell({ ...view, panelOpen: true });
    tell({ ...view, panelOpen: true, unread: 3 });
    tell({ ...view, panelOpen: true, unread: 1 });
    tell({ ...view, unread: 1 });
    expect(toldPage).toEqual(['ready', 'opened', 'on-message', 'closed']);
  });

  it('is told of a panel that is open when it is loaded', async () => {
    answer({ 'button.show': { ok: true, value: { ...view, panelOpen: true } } });
    await start();
    expect(toldPage).toEqual(['ready', 'opened']);
  });

  it('is told once that its user was refused, and not of somebody else who was', async () => {
    const refused = { ...view, user: 'refused' };
    await start();
    tell(refused);
    expect(toldPage).toEqual(['ready']);
    answer({ 'button.show': { ok: true, value: refused } });
    say('set-user', ana);
    await pass(1000);
    tell(refused);
    expect(toldPage).toEqual(['ready', 'error']);
    answer();
    say('set-user', ben);
    await pass(1000);
    expect(toldPage).toEqual(['ready', 'error']);
    tell(refused);
    expect(toldPage).toEqual(['ready', 'error', 'error']);
  });

  it('is told when the background does not take what it said', async () => {
    answer({ 'user.say': { ok: false, error: { code: 'notAllowed', message: '' } } });
    await start();
    say('set-user', 'nonsense');
    await pass(1000);
    expect(toldPage).toEqual(['ready', 'error']);
  });
});

describe("the page's own button", () => {
  const activation = { isActive: true };
  const wishes = () =>
    runtime.sendMessage.mock.calls.flatMap(([{ type, want }]) => (type === 'panel.toggle' ? [want] : []));

  beforeEach(() => {
    activation.isActive = true;
    Object.defineProperty(navigator, 'userActivation', { configurable: true, value: activation });
  });

  it.each([
    [undefined, undefined],
    ['"open"', 'open'],
    ['"close"', 'close'],
    [{ want: 'open' }, undefined],
  ])('opens and closes the panel, detail %j', async (detail, want) => {
    await start();
    say('toggle', detail);
    expect(wishes()).toEqual([want]);
  });

  it('does nothing unless a person has just clicked or pressed a key', async () => {
    await start();
    activation.isActive = false;
    say('toggle');
    expect(wishes()).toEqual([]);
  });

  it('does one thing for one click, however often the page asks', async () => {
    await start();
    for (let n = 0; n < 100; n++) say('toggle');
    expect(wishes()).toHaveLength(1);
    await pass(250);
    say('toggle');
    expect(wishes()).toHaveLength(2);
  });
});
