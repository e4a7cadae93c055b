// A browser that holds a session already, so that a background can be started on it.
import { commitOf, write } from '@/lib/background/repository';
import type { Persisted } from '@/lib/core/state';
import type { Message } from '@/lib/core/types';
import { FakeBrowser } from '../support/fake-platform';
import { persisted } from './samples';

export async function seededBrowser(
  record: Persisted = persisted(),
  messages: readonly Message[] = [],
): Promise<FakeBrowser> {
  const browser = new FakeBrowser();
  await write(browser.store, browser.history, record.session.id, commitOf(null, record, messages));
  return browser;
}
