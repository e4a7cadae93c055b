// Owns the words for the kinds of inbox that the demo and the console tell apart.
// Must not give an inbox any behaviour: what it does follows from its settings.

import type { InboxOptions } from '../records/records';
import { DEMO_INBOXES } from './demo-inboxes';

export const INBOX_KINDS = ['plain', 'csat', 'strict', 'single', 'bot'] as const;
export type InboxKind = (typeof INBOX_KINDS)[number];

type Settings = {
  hmacMandatory?: boolean;
  csatSurvey?: boolean;
  lockToSingleConversation?: boolean;
  bot?: object | null;
};

/** The most telling of an inbox's settings; `plain` when it has none of them. */
export function kindOf({ hmacMandatory, csatSurvey, lockToSingleConversation, bot }: Settings): InboxKind {
  if (bot) return 'bot';
  if (hmacMandatory) return 'strict';
  if (csatSurvey) return 'csat';
  return lockToSingleConversation ? 'single' : 'plain';
}

/** An inbox of that kind under its own identifier and name, and beside it the demo's inboxes of the other kinds. */
export function inboxesFor(kind: InboxKind, identifier: string, name: string): InboxOptions[] {
  const model = DEMO_INBOXES.find((inbox) => kindOf(inbox) === kind);
  if (model === undefined) throw new Error(`There is no demo inbox of the kind ${kind}.`);
  const others = DEMO_INBOXES.filter((inbox) => inbox !== model && inbox.identifier !== identifier);
  return [{ ...model, identifier, name }, ...others];
}
