// The background may be stopped at any step of sending and started again: the message arrives, and only once.
import { expect, it } from 'vitest';
import { FakeInstallation } from '../support/fake-installation';
import { FakeBrowser, type FakeLife, fromPanel } from '../support/fake-platform';
import { rig } from './rig';
import { contact, echoId, entry, localId, message, now, persisted } from './samples';
import { seededBrowser } from './seeded';

const second = echoId.replaceAll('2', '4');
const send = (text: string, id = echoId) => ({
  type: 'message.send',
  sessionId: 's1',
  echoId: id,
  conversationKey: localId,
  text,
});
/** Longer than a request, its settling and the spacing of full lists together. */
const enough = 240_000;

/** Sends like a panel: a command that was not answered is sent again to the next life. */
function sendFrom(life: FakeLife, ...commands: object[]) {
  const unanswered = new Set(commands);
  for (const command of commands) void life.send(command, fromPanel).then(() => unanswered.delete(command));
  return unanswered;
}

/** Sends in a browser whose background dies at one step, and again after the restart; answers false past the end. */
async function survives(diesAt: number, again: number | null, ...texts: string[]): Promise<boolean> {
  const browser = new FakeBrowser();
  const server = new FakeInstallation(browser);
  browser.diesAt = diesAt;
  const commands = texts.map((text, index) => send(text, index === 0 ? echoId : second));
  let life = browser.start();
  life.connect().open(localId);
  let unanswered = sendFrom(life, ...commands);
  await browser.pass(5_000);
  if (!life.dead) return false;
  browser.diesAt = again === null ? null : browser.steps + again;
  for (let lives = 0; lives < 2; lives += 1) {
    life = browser.start();
    unanswered = sendFrom(life, ...unanswered);
    await browser.pass(enough);
    if (!life.dead) break;
  }
  const told = `died at step ${diesAt}, then ${again}`;
  expect(server.texts, told).toEqual(texts);
  expect(server.store.sessions, told).toHaveLength(1);
  expect(server.store.conversations, told).toHaveLength(1);
  expect([...unanswered], told).toEqual([]);
  const left = Object.keys(await browser.store.read('session/')).filter((key) => key.includes('/outbox/'));
  expect(left, told).toEqual([]);
  return true;
}

it('sends the first message exactly once, at whatever step the background is stopped', async () => {
  let diesAt = 1;
  while (await survives(diesAt, null, 'Hello')) diesAt += 1;
  expect(diesAt).toBeGreaterThan(15);
});

it('sends two messages exactly once and in order, at whatever step the background is stopped', async () => {
  let diesAt = 1;
  while (await survives(diesAt, null, 'Hello', 'Anybody?')) diesAt += 1;
  expect(diesAt).toBeGreaterThan(20);
});

it('sends the first message exactly once when the background is stopped again after its restart', async () => {
  for (let diesAt = 2; diesAt <= 20; diesAt += 3) {
    for (const again of [1, 2, 4, 7]) await survives(diesAt, again, 'Hello');
  }
});

it('settles a message whose echo reached the history but not the outbox, without sending it again', async () => {
  const sending = entry({ status: 'sending', attemptedAt: now });
  const record = persisted({ outbox: { [echoId]: sending } });
  const { store, history, clock, ran } = rig(record);
  const own = message(2, { echoId, author: contact, text: sending.text });
  const put = [{ conversationId: 7, messageId: 2, createdAt: own.createdAt, record: own }];
  await history.write('s1', { put, dropConversations: [], syncedTo: {} });
  await store.happened({ type: 'background.started' });
  clock.elapse(75_000);
  await store.happened({ type: 'time.passed' });
  await clock.settle();
  expect(ran('http.listMessages')).toHaveLength(1);
  const answer = { ...own, echoId: null, status: null, updatedAt: null, changedAt: null };
  await store.happened({
    type: 'messages.listed',
    purpose: 'gap',
    asked: null,
    conversationId: 7,
    messages: [answer],
    before: 2,
    complete: true,
    requestedAt: clock.now(),
  });
  expect(store.state.outbox).toEqual({});
  await clock.settle();
  expect(ran('http.createMessage')).toEqual([]);
});

it('is woken by its alarm for what is still to be sent', async () => {
  const browser = new FakeBrowser();
  const life = browser.start();
  expect(await life.send(send('Hello'), fromPanel)).toEqual({ ok: true, value: null });
  await browser.pass(5_000);
  life.kill();
  const server = new FakeInstallation(browser);
  expect(browser.alarmAt).not.toBeNull();
  await browser.pass(Math.max(0, (browser.alarmAt ?? 0) - browser.clock.now()));
  const next = browser.start();
  next.ringAlarm();
  await browser.pass(30_000);
  expect(server.texts).toEqual(['Hello']);
});

it('is woken once more when it is stopped before it could set its next alarm', async () => {
  const uncertain = entry({ status: 'uncertain', attemptedAt: now, dueAt: now + 75_000 });
  const browser = await seededBrowser(persisted({ outbox: { [echoId]: uncertain } }));
  const life = browser.start();
  await browser.settle();
  life.ringAlarm();
  life.kill();
  expect(browser.alarmAt).not.toBeNull();
});

it('is woken for a message whose first request was under way when it was stopped', async () => {
  const browser = new FakeBrowser();
  const server = new FakeInstallation(browser);
  const serve = browser.answer;
  browser.answer = () => new Promise(() => {});
  const life = browser.start();
  expect(await life.send(send('Hello'), fromPanel)).toEqual({ ok: true, value: null });
  await browser.clock.settle();
  life.kill();
  expect(browser.alarmAt).toBe(browser.clock.now() + 30_000);
  browser.pending = 0;
  browser.answer = serve;
  browser.start().ringAlarm();
  await browser.pass(enough);
  expect(server.texts).toEqual(['Hello']);
});

it('leaves no alarm behind when it is woken and nothing is due', async () => {
  const browser = new FakeBrowser();
  const life = browser.start();
  await browser.settle();
  life.ringAlarm();
  await browser.settle();
  expect(browser.alarmAt).toBeNull();
});

it('sets its alarm anew when one rings too early', async () => {
  const uncertain = entry({ status: 'uncertain', attemptedAt: now, dueAt: now + 75_000 });
  const browser = await seededBrowser(persisted({ outbox: { [echoId]: uncertain } }));
  browser.online = false;
  const life = browser.start();
  await browser.settle();
  const due = browser.alarmAt;
  expect(due).not.toBeNull();
  life.ringAlarm();
  await browser.settle();
  expect(browser.alarmAt).toBe(due);
});

it('asks for the whole list again when the history is lost, and has it back', async () => {
  const browser = new FakeBrowser();
  const server = new FakeInstallation(browser);
  const life = browser.start();
  life.connect().open(localId);
  await life.send(send('Hello'), fromPanel);
  await browser.pass(60_000);
  life.kill();
  const [sessionKey] = Object.keys(await browser.store.read('session/'));
  const sessionId = sessionKey?.split('/')[1] ?? '';
  await browser.history.drop(sessionId);
  const next = browser.start();
  const panel = next.connect();
  panel.open(String(server.store.conversations[0]?.id));
  await browser.pass(60_000);
  const [stored] = await browser.history.page(sessionId, 1, null, 5);
  expect(stored?.record).toMatchObject({ text: 'Hello' });
});
