// Owns what agents hear of contacts (contract §5.6: contacts never hear it).
// Must not change a contact.

import { tellAgents } from './agents-room';
import { performerKey } from './frame-presenters';
import { presentContactSender } from './presenters';
import type { Agent, Contact } from './records';
import { agentView } from './view';
import type { World } from './world';

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
