// Which view the panel shows. Owns the route and remembers it over a reload; knows nothing of what is in the views.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { ConversationKey } from '@/lib/core/types';

export type Route =
  | { name: 'list' }
  /** `openedAs` stays while a new conversation gets the server's key, so that its view lives on. */
  | { name: 'conversation'; key: ConversationKey; openedAs: ConversationKey };

/** Keeps over a reload of the panel which conversation was open (sessionStorage). */
export interface RouteMemory {
  read(): string | null;
  write(key: string | null): void;
}

export interface RouteModel {
  route: ReadonlySignal<Route>;
  /** The conversation from which one came back last: its row gets the focus. */
  cameFrom: ReadonlySignal<ConversationKey | null>;
  open(key: ConversationKey): void;
  back(): void;
  mapKey(from: ConversationKey, to: ConversationKey): void;
}

const validKey = /^(\d{1,15}|[0-9a-f-]{36})$/;

/** Begins where `memory` says, else on the list. */
export function createRouteModel(memory: RouteMemory): RouteModel {
  const remembered = memory.read();
  const route = signal<Route>(
    remembered && validKey.test(remembered)
      ? { name: 'conversation', key: remembered, openedAs: remembered }
      : { name: 'list' },
  );
  const cameFrom = signal<ConversationKey | null>(null);
  return {
    route,
    cameFrom,
    open(key) {
      route.value = { name: 'conversation', key, openedAs: key };
      memory.write(key);
    },
    back() {
      const from = route.value;
      cameFrom.value = from.name === 'conversation' ? from.key : null;
      route.value = { name: 'list' };
      memory.write(null);
    },
    mapKey(from, to) {
      const open = route.value;
      if (open.name !== 'conversation' || open.key !== from) return;
      route.value = { ...open, key: to };
      memory.write(to);
    },
  };
}
