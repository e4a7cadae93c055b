// Which view the panel shows. Owns the route and remembers it over a reload; knows nothing of what is in the views.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { ConversationKey } from '@/lib/core/types';

export type Route =
  | { name: 'list' }
  /** Who is asking. Not come back to over a reload. */
  | { name: 'details' }
  /** `openedAs` stays while a new conversation gets the server's key, so that its view lives on. */
  | { name: 'conversation'; key: ConversationKey; openedAs: ConversationKey };

/** Keeps over a reload of the panel which conversation was open (sessionStorage). */
export interface RouteMemory {
  read(): string | null;
  write(key: string | null): void;
}

export interface RouteModel {
  route: ReadonlySignal<Route>;
  /** From where one came back last: a conversation, or a place of `Origin`. What leads there gets the focus. */
  cameFrom: ReadonlySignal<ConversationKey | Origin | null>;
  open(key: ConversationKey): void;
  openDetails(): void;
  back(): void;
  mapKey(from: ConversationKey, to: ConversationKey): void;
}

/** Places other than conversations that one may come from: one's details, and the session of before the sign-in. */
export type Origin = 'details' | 'earlier';

const validKey = /^(\d{1,15}|[0-9a-f-]{36})$/;

/** Begins where `memory` says, else on the list; there one comes from `origin`. */
export function createRouteModel(memory: RouteMemory, origin: Origin | null): RouteModel {
  const remembered = memory.read();
  const route = signal<Route>(
    remembered && validKey.test(remembered)
      ? { name: 'conversation', key: remembered, openedAs: remembered }
      : { name: 'list' },
  );
  const cameFrom = signal<ConversationKey | Origin | null>(origin);
  return {
    route,
    cameFrom,
    open(key) {
      route.value = { name: 'conversation', key, openedAs: key };
      memory.write(key);
    },
    openDetails() {
      route.value = { name: 'details' };
      memory.write(null);
    },
    back() {
      const from = route.value;
      cameFrom.value = from.name === 'conversation' ? from.key : 'details';
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
