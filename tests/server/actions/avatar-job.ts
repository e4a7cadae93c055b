// Owns the job that looks for a contact's picture at the public picture service half a minute after it got an e-mail.
// Must not ask anybody: it notes that it looked, as the real job does, and never finds a picture.

import { createHash } from 'node:crypto';
import type { Contact } from '../records/records';
import type { Store } from '../records/store';

const WAIT = 30_000;

/** Notes the search in `additional_attributes` 30 s from now, by the server's clock; `updated_at` stays and nobody is told. */
export function lookForAvatar(store: Store, contact: Contact): void {
  if (contact.email === null) return;
  const email = createHash('md5').update(contact.email).digest('hex');
  const address = `https://www.gravatar.com/avatar/${email}?d=404`;
  store.schedule(WAIT, (at) => {
    contact.additional_attributes = {
      ...contact.additional_attributes,
      avatar_url_hash: createHash('sha256').update(address).digest('hex'),
      last_avatar_sync_at: `${new Date(at).toISOString().slice(0, 19)}Z`,
    };
  });
}
