// Owns what a payload depends on besides the records: the account, the installation's address, and for whom it is made.
// Must not present anything itself.

import { shownAvailability } from '../records/presence';
import type { Agent } from '../records/records';
import type { World } from '../world';

export type View = Pick<World, 'accountId' | 'origin'> & {
  /** What is shown of an agent's presence; null where no account is at hand, which is how contacts and jobs see it. */
  availability: (agent: Agent) => Agent['availability'] | null;
};

/** For answers to contacts, and for payloads made by a contact's request or by a job. */
export function contactView({ accountId, origin }: World): View {
  return { accountId, origin, availability: () => null };
}

/** For answers to agents and bots, and for payloads made while their request runs. */
export function agentView(world: World): View {
  const { accountId, origin } = world;
  return { accountId, origin, availability: (agent) => shownAvailability(world, agent) };
}
