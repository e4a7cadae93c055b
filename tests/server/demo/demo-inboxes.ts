// Owns the inboxes and agents of Ledgerly, with which a server starts unless it is told of others.
// Must not give them behaviour: what they do follows from their settings.

import type { AgentOptions, InboxOptions } from '../records/records';

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
