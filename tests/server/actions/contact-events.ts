// Owns what agents hear of contacts (contract §5.6: contacts never hear it).
// Must not change a contact.

import { presentContactSender } from '../presenters/client-presenters';
import { performerKey } from '../presenters/frame-presenters';
import { agentView } from '../presenters/view';
import type { Agent, Contact } from '../records/records';
import type { World } from '../world';
import { tellAgents } from './audience';

type ContactEvent = 'contact.created' | 'contact.updated' | 'contact.merged' | 'contact.deleted';

/** Tells every agent of a contact as it is now; `by` is the agent who did it, or null. */
export function tellOfContact(world: World, event: ContactEvent, contact: Contact, by: Agent | null): void {
  const payload = {
    ...presentContactSender(contact),
    account_id: world.accountId,
    ...(by && performerKey(by, agentView(world))),
  };
  tellAgents(world, event, () => payload);
}
