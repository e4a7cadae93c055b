// When the cable is held and, where it is not, when to look for an answer by asking. One pure rule.
import { isUnsent } from './settle';
import type { State } from './state';
import type { Conversation, EpochMs } from './types';

const minute = 60_000;
/** With no panel open, the cable is held this long after the contact's last word, in ms. */
export const holdFor = 10 * minute;
/** After that the answer is asked for at these times after the contact's last word, then every 15 min, in ms. */
const pollsAfter = [holdFor + minute, holdFor + 3 * minute, holdFor + 8 * minute, holdFor + 23 * minute];
const pollEvery = 15 * minute;
/** Then it is left until something happens, in ms. */
const giveUpAfter = 24 * 60 * minute;

export interface Hold {
  /** Keep the cable open. */
  cable: boolean;
  /** Ask for the messages of the watched conversations at this time; null: not at all. */
  pollAt: EpochMs | null;
}

/** Whether the contact spoke last in a conversation that is not resolved, and not longer than a day ago. */
export function isAwaited(conversation: Conversation, at: EpochMs): boolean {
  const { preview, status } = conversation;
  return preview?.authorKind === 'contact' && status !== 'resolved' && at - preview.createdAt < giveUpAfter;
}

/**
 * The rule. `polledAt` is the time of the last poll. A panel needs the cable; so does an answer awaited for at
 * most ten minutes, and a message that is still to be sent. Without a contact session or its inbox there is nothing to hold.
 * While a cable that is needed cannot be had (a firewall may block it), answers are asked for every minute.
 */
export function holdOf(
  state: Pick<State, 'session' | 'views' | 'conversations' | 'outbox' | 'link'>,
  polledAt: EpochMs,
  at: EpochMs,
): Hold {
  const { pubsubToken, refusal, endedAt } = state.session;
  if (pubsubToken === null || refusal || endedAt !== null || state.link.inboxMissing)
    return { cable: false, pollAt: null };
  const sending = Object.values(state.outbox).some(isUnsent);
  const spoken = Object.values(state.conversations)
    .filter((conversation) => isAwaited(conversation, at))
    .map((conversation) => conversation.preview?.createdAt ?? 0);
  const last = Math.max(0, ...spoken);
  const cable = Object.keys(state.views).length > 0 || sending || at - last < holdFor;
  if (cable) return { cable, pollAt: state.link.cable === 'live' ? null : polledAt + minute };
  if (last === 0) return { cable, pollAt: null };
  const from = Math.max(polledAt, last + holdFor);
  const early = pollsAfter.map((after) => last + after).find((time) => time > from);
  return { cable, pollAt: early ?? from + pollEvery };
}

/** When the cable held for an awaited answer is to be let go; null: no such time. */
export function holdEndsAt(state: Pick<State, 'conversations'>, at: EpochMs): EpochMs | null {
  const ends = Object.values(state.conversations)
    .filter((conversation) => isAwaited(conversation, at))
    .map((conversation) => (conversation.preview?.createdAt ?? 0) + holdFor)
    .filter((end) => end > at);
  return ends.length > 0 ? Math.max(...ends) : null;
}
