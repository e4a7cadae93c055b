// Which sessions a site has, as it is stored: one record beside theirs. Decides nothing.
import type { SiteSessions } from '@/lib/core/asking';
import type { Session } from '@/lib/core/types';
import type { HistoryStore, Store } from '@/lib/platform/types';
import { anyKey, asideRoot, root, siteKey } from './keys';
import { versionItem } from './migrations';
import { readSiteSessions } from './stored';

/** Which sessions a site has; null: nobody has ever changed there, or it cannot be read and is named as broken. */
export function siteSessionsAmong(
  items: Readonly<Record<string, unknown>>,
  siteId: string,
  broken: string[],
): SiteSessions | null {
  const key = siteKey(siteId);
  if (!(key in items)) return null;
  const sessions = readSiteSessions(items[key]);
  if (sessions === null) broken.push(key);
  return sessions;
}

/** The site that a stored contact names; null: it cannot be read. */
export function siteOf(contact: unknown): string | null {
  const owner = (contact as Partial<Session> | null)?.siteId;
  return typeof owner === 'string' ? owner : null;
}

/** Saves which sessions a site has and, in the same breath, one that begins. Rejects when it cannot be saved. */
export async function saveSiteSessions(
  store: Store,
  siteId: string,
  sessions: SiteSessions,
  begins: Session | null,
): Promise<void> {
  const contact = begins && { ...versionItem, [`${root}${begins.id}/contact`]: begins };
  await store.write({ ...contact, [siteKey(siteId)]: sessions }, []);
}

/**
 * Deletes everything of a session from both stores, and what of it was set aside. Rejects when it cannot be deleted.
 */
export async function deleteSession(store: Store, history: HistoryStore, sessionId: string): Promise<void> {
  const items = await store.read('');
  const prefix = `${root}${sessionId}/`;
  const keys = Object.keys(items).filter(
    (key) => key.startsWith(prefix) || key.startsWith(`${asideRoot}${prefix}`),
  );
  // The history first: once the record is gone, nothing says any more that there is one.
  const failure = await history.drop(sessionId).then(
    () => null,
    (error: Error) => error,
  );
  await store.write({}, keys);
  if (failure) throw failure;
}

/**
 * Every session of a site, also one that nothing names any more. With `lost` also those of which nobody can say whose they
 * are. Rejects when storage cannot be read.
 */
export async function sessionIdsOf(store: Store, siteId: string, lost: boolean): Promise<string[]> {
  const items = await store.read('');
  const ids = Object.keys(items).flatMap((key) => anyKey.exec(key)?.[1] ?? []);
  return [...new Set(ids)].filter((id) => {
    const owner = siteOf(items[`${root}${id}/contact`]);
    return owner === siteId || (lost && owner === null);
  });
}
