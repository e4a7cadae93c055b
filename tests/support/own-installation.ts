// An in-memory CarbonChat described as any other installation (docs/your-installation.md). Starts nothing.

import { DEMO_AGENTS } from '../server/demo/demo-inboxes';
import { type InboxKind, kindOf } from '../server/demo/inbox-kinds';
import type { InboxOptions } from '../server/records/records';
import type { Installation } from './installation';

/** Describes a server at `url` that was started with `inboxes`, one of each kind, and the demo's agents. */
export function describeOwn(url: string, inboxes: readonly InboxOptions[]): Installation {
  const of = (kind: InboxKind) => {
    const found = inboxes.find((inbox) => kindOf(inbox) === kind);
    if (!found) throw new Error(`The server has no inbox of the kind ${kind}.`);
    return { identifier: found.identifier, hmacToken: found.hmacToken };
  };
  return {
    url,
    accountId: 1,
    agentToken: DEMO_AGENTS[0]?.apiAccessToken ?? '',
    inboxes: {
      plain: of('plain'),
      strict: of('strict'),
      csat: of('csat'),
      single: of('single'),
      bot: of('bot'),
    },
  };
}
