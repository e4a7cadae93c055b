// Owns what becomes of the inboxes and agents a server is started with: defaults, numbers, and the identity hash.
// Must not know HTTP; a further kind of inbox is one more optional field.

import { createHmac } from 'node:crypto';
import type { Agent, AgentOptions, Inbox, InboxOptions } from './records';
import { newToken } from './token';
import { usualWeek } from './working-hours';

/** Fills in defaults and numbers the inboxes from 1, and so their bots. */
export function makeInboxes(options: InboxOptions[]): Inbox[] {
  let bots = 0;
  return options.map(({ bot, ...inbox }, index) => ({
    hmacMandatory: false,
    timezone: 'UTC',
    workingHours: usualWeek(),
    workingHoursEnabled: false,
    outOfOffice: null,
    greeting: null,
    csatSurvey: false,
    lockToSingleConversation: false,
    ...inbox,
    id: index + 1,
    bot: bot === undefined ? null : { ...bot, id: ++bots, isBot: true },
  }));
}

/** Puts the agents where they start: online, as far as they are there. */
export function restAgents(agents: Agent[]): void {
  for (const agent of agents) agent.availability = 'online';
}

/** Fills in defaults and numbers the agents from 1. Of them only the first is there without a cable, as in an office of one. */
export function makeAgents(options: AgentOptions[]): Agent[] {
  return options.map((agent, index) => ({
    availableName: agent.name,
    email: `${agent.name.toLowerCase().replace(/\W+/g, '.')}@ledgerly.test`,
    pubsubToken: newToken(),
    role: 'agent',
    autoOffline: index !== 0,
    ...agent,
    id: index + 1,
    availability: 'online',
  }));
}

/** Hex HMAC-SHA256 of an identifier under an inbox's key, as the operator's own server computes it (§3.0). */
export function identifierHash(hmacToken: string, identifier: string): string {
  return createHmac('sha256', hmacToken).update(identifier).digest('hex');
}
