// Stands for `wxt/browser` where the background's real storage code runs in Node: the browser's own storage area,
// which takes effect in the very turn of the call.
import { MemoryStore } from '../support/memory-stores';
import { never, points } from './stops-points';

/** What is stored; it outlives every life of the background. `refusesIn`: which write from now on finds no room, once. */
export const stored = { area: new MemoryStore(), refusesIn: 0 };

const whileAlive = <T>(work: () => Promise<T>): Promise<T> => (points.life.dead ? never : work());

/** @public as lib/platform/webext.ts imports it under another name */
export const browser = {
  storage: {
    local: {
      get: () => whileAlive(() => stored.area.read('')),
      set: (items: Record<string, unknown>) =>
        whileAlive(() => {
          stored.refusesIn -= 1;
          if (stored.refusesIn === 0) stored.area.failNextWrite();
          return stored.area.write(items, []);
        }),
      remove: (keys: readonly string[]) => whileAlive(() => stored.area.write({}, keys)),
    },
  },
};
