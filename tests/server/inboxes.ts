// Owns the inboxes and agents a server is started with: defaults, look-up and the identity hash.
// Must not know HTTP; a further kind of inbox is one more entry in a list, or one more optional field.

import { createHmac, randomBytes } from 'node:crypto';
import type { Agent, AgentOptions, Inbox, InboxOptions } from './records';
import { usualWeek } from './working-hours';

export const DEMO_INBOXES: InboxOptions[] = [
  { identifier: 'plain-inbox-demo', name: 'Ledgerly help', hmacToken: 'plain-hmac-secret-demo' },
  {
    identifier: 'strict-inbox-demo',
    name: 'Ledgerly help (verified)',
    hmacToken: 'strict-hmac-secret-demo',
    hmacMandatory: true,
  },
  {
    identifier: 'csat-inbox-demo',
    name: 'Ledgerly help (rated)',
    hmacToken: 'csat-hmac-secret-demo',
    csatSurvey: true,
    greeting: 'Hello! Ask us anything.',
  },
  {
    identifier: 'single-inbox-demo',
    name: 'Ledgerly help (one conversation)',
    hmacToken: 'single-hmac-secret-demo',
    lockToSingleConversation: true,
  },
  {
    identifier: 'bot-inbox-demo',
    name: 'Ledgerly help (bot first)',
    hmacToken: 'bot-hmac-secret-demo',
    bot: { name: 'Helper Bot', apiAccessToken: 'helper-bot-api-access-token' },
  },
];

export const DEMO_AGENTS: AgentOptions[] = [
  {
    name: 'Grace Agent',
    availableName: 'Grace',
    apiAccessToken: 'grace-api-access-token-1',
    role: 'administrator',
  },
  { name: 'Linus Agent', availableName: 'Linus', apiAccessToken: 'linus-api-access-token-2' },
];

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
    pubsubToken: randomBytes(12).toString('hex'),
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
