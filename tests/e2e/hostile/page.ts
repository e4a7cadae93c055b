// The hostile extension's own page, which has the name of our panel's.
import { api } from './api';
import { attack } from './attack';
import type { Task } from './task';

void (async () => {
  const task = (await api.runtime.sendMessage('task?')) as Task;
  await api.runtime.sendMessage({ done: await attack(task.attempt) });
})();
