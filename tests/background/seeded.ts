// A browser that holds a session already, so that a background can be started on it.
import { type Commit, commitOf } from '@/lib/background/repository';
import type { Persisted } from '@/lib/core/state';
import type { Message } from '@/lib/core/types';
import type { HistoryStore, Store } from '@/lib/platform/types';
import { FakeBrowser } from '../support/fake-platform';
import { persisted } from './samples';

/** Writes a commit as a whole, as an earlier life did. */
export async function write(
  store: Store,
  history: HistoryStore,
  sessionId: string,
  { history: change, set, remove }: Commit,
): Promise<void> {
  if (change) await history.write(sessionId, change);
  await store.write(set, remove);
}

export async function seededBrowser(
  record: Persisted = persisted(),
  messages: readonly Message[] = [],
): Promise<FakeBrowser> {
  const browser = new FakeBrowser();
  await write(browser.store, browser.history, record.session.id, commitOf(null, record, messages));
  return browser;
}
