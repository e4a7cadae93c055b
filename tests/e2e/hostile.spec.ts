// R11 in real browsers: every command from every kind of sender that is not the panel, about what the person really has.
// What counts is what a sender is heard with, and what the witness finds done: nothing. That both would be seen is shown
// with the panel itself.
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { askedBrowser } from '../support/browsers';
import type { VisitorBrowser } from './driver/browser';
import { isolatedWorld } from './driver/isolated-world';
import type { Line } from './driver/line';
import { expect, test } from './fixtures';
import { attack } from './hostile/attack';
import { askHostile, buildHostileExtension } from './hostile/extension';
import { allowedTo, attempt, forgedCommands, heardOf } from './hostile/forged';
import { loadFiles, openInFrames, speakAndClick } from './hostile/page-tricks';
import { openWitness } from './hostile/witness';
import { readId } from './in-extension';
import { message, send, startConversation } from './panel-page';
import { startProbeSite } from './probe-site';

/** A person with a conversation and a message that was not sent, which are things to do something with. */
async function someone(visitor: VisitorBrowser, line: Line) {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'My own words');
  line.next('POST', /\/messages$/, { status: 403 });
  await send(panel, 'Refused');
  await expect(message(panel, 'Refused')).toHaveAccessibleName(/Not sent/);
  await visitor.closePanel();
  const witness = await openWitness(visitor, line);
  const snapshot = await witness.snapshot();
  expect(snapshot).toMatchObject({ conversations: [{}], outbox: [{ status: 'failed' }] });
  return { witness, all: forgedCommands(snapshot) };
}

/** Paths of all files of the built extension. */
function builtFiles(inbox: string): string[] {
  const folder = JSON.parse(process.env.CARBONCHAT_EXTENSIONS ?? '{}')[inbox];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, `${parentPath}/${name}`).replaceAll('\\', '/'));
}

test('the panel is heard with all that it may ask, and the witness sees what is done', {
  tag: '@fault',
}, async ({ visitor, line, traces }) => {
  const { witness, all } = await someone(visitor, line);
  const before = await witness.facts();
  const first = { ...attempt(all), commands: { 'message.send': all['message.send'] } };
  expect(heardOf(await witness.page.evaluate(attack, first))).toEqual(['message.send', 'port']);
  await expect.poll(() => traces.contents()).toEqual(['My own words', 'Hello']);
  expect(heardOf(await witness.page.evaluate(attack, attempt(all)))).toEqual(allowedTo('panel'));
  const after = await witness.facts();
  expect(after.stored).not.toEqual(before.stored);
  expect(after.requests).not.toEqual(before.requests);
});

test('another extension with every right reaches nothing: not a command, not a file, not a page, not a request', {
  tag: '@fault',
}, async ({ launch, config, line, traces, inbox }) => {
  const folder = await buildHostileExtension(askedBrowser());
  const visitor = await launch({ otherExtensions: [folder] });
  await visitor.page.goto(config.siteUrl.href);
  const { witness, all } = await someone(visitor, line);
  const before = await witness.facts();
  const target = await visitor.evaluateInWorker(readId);
  const own = `${config.siteUrl.href}logo.svg`;
  const files = [own, ...builtFiles(inbox).map((file) => visitor.extensionPage(file))];
  for (const world of ['background', 'page', 'content'] as const) {
    const task = { world, attempt: { ...attempt(all), target }, files };
    const { verdicts, ...got } = await askHostile(visitor.page, task);
    expect(Object.keys(verdicts), world).toHaveLength(Object.keys(all).length + 1);
    expect(heardOf(verdicts), world).toEqual([]);
    // The company's page is open to it as to every extension with these rights; nothing of ours is.
    expect(got.read, world).toEqual([own]);
    expect(got.scripted, world).toEqual(
      world === 'content' ? [] : [await visitor.page.evaluate(() => location.href)],
    );
    if (world !== 'content') expect(got.requests).toContain(own);
    expect(
      got.requests.filter((url) => url.startsWith(config.installationUrl.href)),
      world,
    ).toEqual([]);
  }
  expect(await witness.facts()).toEqual(before);
  await expect(visitor.page.locator('carbonchat-help')).toHaveCount(1);
  expect(await traces.contents()).toEqual(['My own words']);
  await rm(folder, { recursive: true });
});

test('a hostile page of the company reaches nothing by its own means', { tag: '@fault' }, async ({
  visitor,
  line,
  traces,
}) => {
  const { witness, all } = await someone(visitor, line);
  const before = await witness.facts();
  const target = await visitor.evaluateInWorker(readId);
  for (const asked of [attempt(all), { ...attempt(all), target }]) {
    const verdicts = await visitor.page.evaluate(attack, asked);
    expect(new Set(Object.values(verdicts))).toEqual(new Set(['unheard']));
  }
  expect(await visitor.page.evaluate(speakAndClick, all)).toEqual([]);
  expect(await witness.facts()).toEqual(before);
  expect(await traces.contents()).toEqual(['My own words']);
});

test('no page can load a file of the extension or put a page of it into a frame', { tag: '@fault' }, async ({
  visitor,
  line,
  config,
  inbox,
}) => {
  const site = await startProbeSite('<!doctype html><title>Probe</title><body></body>');
  const { witness } = await someone(visitor, line);
  const before = await witness.facts();
  const files = builtFiles(inbox);
  const pages = files.filter((file) => file.endsWith('.html'));
  expect(pages.length).toBeGreaterThan(1);
  const page = await visitor.context.newPage();
  const own = `http://${config.siteUrl.hostname}:${site.port}/`;
  await page.goto(own);
  expect(await page.evaluate(loadFiles, [own])).toContain(`${own} by fetch`);
  const urls = (names: string[]) => names.map((name) => visitor.extensionPage(name));
  expect(await page.evaluate(loadFiles, urls(files))).toEqual([]);
  await page.evaluate(openInFrames, urls(pages));
  expect(await witness.facts()).toEqual(before);
  await site.close();
});

test('each of our own pages may do what the table says for its exact path, and no more', {
  tag: '@fault',
}, async ({ visitor, line, traces, inbox }) => {
  const { witness, all } = await someone(visitor, line);
  const before = await witness.facts();
  const page = await visitor.context.newPage();
  const pages = builtFiles(inbox).filter((file) => file.endsWith('.html') && file !== 'sidepanel.html');
  const lookalikes = [
    '/sidepanel.html',
    'x/../%73idepanel.html',
    'manifest.json',
    'background.js',
    'icon/16.png',
  ];
  let reached = 0;
  for (const path of [...pages, ...lookalikes]) {
    // Some of them the browser itself does not find.
    await page.goto(visitor.extensionPage(path)).catch(() => undefined);
    const kind = path === 'options.html' ? 'options' : 'stranger';
    const verdicts = await page.evaluate(attack, attempt(all, kind));
    expect(heardOf(verdicts), path).toEqual([]);
    if (Object.values(verdicts).includes('refused')) reached += 1;
  }
  expect(reached).toBeGreaterThanOrEqual(pages.length);
  await page.goto('about:blank');
  expect(await witness.facts()).toEqual(before);
  expect(await traces.contents()).toEqual(['My own words']);
});

test("the content script's world may ask for its button and the panel, and reads no storage", {
  // No debugger leads into that world in Firefox; tests/build/content-script.test.ts says what is in the script.
  tag: ['@fault', '@chromium'],
}, async ({ visitor, line, traces }) => {
  const { witness, all } = await someone(visitor, line);
  const before = await witness.facts();
  const world = await isolatedWorld(visitor.page, visitor.extensionPage(''));
  const forbidden = await world.evaluate(attack, attempt(all, 'page'));
  expect(Object.keys(forbidden).length).toBeGreaterThan(5);
  const { port, ...verdicts } = forbidden;
  expect([port, ...new Set(Object.values(verdicts))]).toEqual(['unheard', 'refused']);
  const reading = await world.evaluate(
    () =>
      (
        globalThis as unknown as { chrome: { storage: { local: { get(key: null): Promise<object> } } } }
      ).chrome.storage.local
        .get(null)
        .then(Object.keys, (error: Error) => error.message),
    null,
  );
  expect(reading).toContain('not allowed');
  expect(await witness.facts()).toEqual(before);
  expect(await traces.contents()).toEqual(['My own words']);
  expect(heardOf(await world.evaluate(attack, attempt(all)))).toEqual(allowedTo('page'));
});
