// Owns the inboxes and agents a server is started with: defaults, look-up and the identity hash.
// Must not know HTTP; a further kind of inbox is one more entry in a list, or one more optional field.

import { createHmac } from 'node:crypto';
import type { Agent, AgentOptions, Inbox, InboxOptions } from './records';

export const DEMO_INBOXES: InboxOptions[] = [
  { identifier: 'plain-inbox-demo', name: 'Ledgerly help', hmacToken: 'plain-hmac-secret-demo' },
  {
    identifier: 'strict-inbox-demo',
    name: 'Ledgerly help (verified)',
    hmacToken: 'strict-hmac-secret-demo',
    hmacMandatory: true,
  },
];

export const DEMO_AGENTS: AgentOptions[] = [
  { name: 'Grace Agent', availableName: 'Grace', apiAccessToken: 'grace-api-access-token-1' },
  { name: 'Linus Agent', availableName: 'Linus', apiAccessToken: 'linus-api-access-token-2' },
];

/** Fills in defaults and numbers the inboxes from 1. */
export function makeInboxes(options: InboxOptions[]): Inbox[] {
  return options.map((inbox, index) => ({ hmacMandatory: false, timezone: 'UTC', ...inbox, id: index + 1 }));
}

/** Puts the agents where they start: the first one online, as in an office of one. */
export function restAgents(agents: Agent[]): void {
  for (const [index, agent] of agents.entries()) agent.availability = index === 0 ? 'online' : 'offline';
}

/** Fills in defaults and numbers the agents from 1. */
export function makeAgents(options: AgentOptions[]): Agent[] {
  const agents = options.map((agent, index) => ({
    availableName: agent.name,
    email: `${agent.name.toLowerCase().replace(/\W+/g, '.')}@ledgerly.test`,
    ...agent,
    id: index + 1,
    availability: 'offline' as const,
  }));
  restAgents(agents);
  return agents;
}

/** Hex HMAC-SHA256 of an identifier under an inbox's key, as the operator's own server computes it (§3.0). */
export function identifierHash(hmacToken: string, identifier: string): string {
  return createHmac('sha256', hmacToken).update(identifier).digest('hex');
}
