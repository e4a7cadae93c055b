// Which view the panel shows. Owns the way there, back and forward, and remembers over a reload where one was; knows nothing of
// what is in the views. The way is short: back is the list, always, so what lies ahead is one view at most.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
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
  /** Where one came back from last, as long as nothing else was opened since. */
  ahead: ReadonlySignal<Route | null>;
  open(key: ConversationKey): void;
  openDetails(): void;
  /** To the list, from wherever one is. */
  back(): void;
  /** To what is ahead. */
  forward(): void;
  mapKey(from: ConversationKey, to: ConversationKey): void;
}

/** Places other than conversations that one may come from: one's details, and the session of before the sign-in. */
export type Origin = 'details' | 'earlier';

const prefix = '#/conversation/';

/** The conversation to which the hash of the panel's page leads; null: to none. */
export function linkedKey(hash: string): ConversationKey | null {
  return /^#\/conversation\/(\d{1,15}|[0-9a-f-]{36})$/.exec(hash)?.[1] ?? null;
}

/** Begins where `memory` says, else on the list; there one comes from `origin`. */
export function createRouteModel(memory: RouteMemory, origin: Origin | null): RouteModel {
  const remembered = linkedKey(prefix + memory.read());
  const route = signal<Route>(remembered === null ? { name: 'list' } : routeTo(remembered));
  const cameFrom = signal<ConversationKey | Origin | null>(origin);
  const ahead = signal<Route | null>(null);

  function go(to: Route, next: Route | null = null): void {
    route.value = to;
    ahead.value = next;
    memory.write(keyOf(to));
  }

  return {
    route,
    cameFrom,
    ahead,
    open: (key) => go(routeTo(key)),
    openDetails: () => go({ name: 'details' }),
    back() {
      const from = route.value;
      cameFrom.value = keyOf(from) ?? 'details';
      go({ name: 'list' }, from);
    },
    forward() {
      // Another object than before: it is come to, and moves in.
      if (ahead.value) go({ ...ahead.value });
    },
    mapKey(from, to) {
      for (const each of [route, ahead] as Signal<Route | null>[])
        if (each.value && keyOf(each.value) === from) each.value = { ...each.value, key: to } as Route;
      memory.write(keyOf(route.value));
    },
  };
}

function routeTo(key: ConversationKey): Route {
  return { name: 'conversation', key, openedAs: key };
}

function keyOf(route: Route): ConversationKey | null {
  return route.name === 'conversation' ? route.key : null;
}
