// The hostile extension's background: a stranger with every right that a person may have given it. Does what its content
// script hands on, from itself or from a page of its own, and says what it could get of ours.
import { api } from './api';
import { attack, type Verdicts } from './attack';
import { readable } from './readable';
import type { Report, Task } from './task';

const requests: string[] = [];
api.webRequest.onBeforeRequest.addListener(({ url }) => void requests.push(url), { urls: ['<all_urls>'] });

/** The page of a task waits for it here. */
let pageTask: Task | null = null;
let pageDone: (verdicts: Verdicts) => void = () => {};

api.runtime.onMessage.addListener((message: Task | 'task?' | { done: Verdicts }, _sender, answer) => {
  if (message === 'task?') answer(pageTask);
  else if ('done' in message) pageDone(message.done);
  else void run(message).then(answer);
  return true;
});

async function run(task: Task): Promise<Report> {
  const verdicts = task.world === 'page' ? await fromPage(task) : await attack(task.attempt);
  return { verdicts, read: await readable(task.files), scripted: await reachTabs(), requests };
}

async function fromPage(task: Task): Promise<Verdicts> {
  pageTask = task;
  const done = new Promise<Verdicts>((resolve) => {
    pageDone = resolve;
  });
  const { id } = await api.tabs.create({ url: api.runtime.getURL('sidepanel.html'), active: false });
  const verdicts = await done;
  await api.tabs.remove(id);
  return verdicts;
}

/** Runs a script in every tab that lets it, and tells all scripts there what only our background may say. */
async function reachTabs(): Promise<string[]> {
  const tries = (await api.tabs.query({})).map(async ({ id, url }) => {
    await api.tabs.sendMessage(id, { type: 'button.changed', button: null }).catch(() => {});
    const script = { target: { tabId: id }, func: () => document.title };
    return api.scripting.executeScript(script).then(
      () => [url],
      () => [],
    );
  });
  return (await Promise.all(tries)).flat();
}
