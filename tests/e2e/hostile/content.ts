// The hostile extension's script in every page, beside ours: takes tasks from the page, where the test puts them, and does
// them here or hands them on.
import { api } from './api';
import { attack } from './attack';
import { readable } from './readable';
import type { Report, Task } from './task';

window.addEventListener('message', ({ data }: MessageEvent<{ hostileTask?: Task } | null>) => {
  const task = data?.hostileTask;
  if (!task) return;
  const report = task.world === 'content' ? run(task) : (api.runtime.sendMessage(task) as Promise<Report>);
  void report.then((hostileReport) => window.postMessage({ hostileReport }, '*'));
});

async function run({ attempt, files }: Task): Promise<Report> {
  const button = closedRootOf(document.querySelector('carbonchat-help'))?.querySelector('button');
  if (!button) throw new Error('An extension can see into a closed root; this one did not.');
  button.click();
  button.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, detail: 1 }));
  return { verdicts: await attack(attempt), read: await readable(files), scripted: [], requests: [] };
}

function closedRootOf(host: Element | null): ShadowRoot | null {
  if (!host) return null;
  const inFirefox = host as { openOrClosedShadowRoot?: ShadowRoot | null };
  return api.dom?.openOrClosedShadowRoot(host) ?? inFirefox.openOrClosedShadowRoot ?? null;
}
