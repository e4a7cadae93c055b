// Which of a site's contact sessions is asking once the page has said who is there. Pure: names the sessions and what
// becomes of them; saving, beginning and ending them is the background's.
import { isSamePerson } from './identity';
import type { EpochMs, Identity, Session } from './types';

/** The sessions of a site: one stored record, so that somebody else asks at once or not at all. */
export interface SiteSessions {
  /** Who is asking now. */
  own: string;
  /** What they wrote before they signed in; answerable until they sign out. */
  earlier: string | null;
  former: readonly FormerSession[];
}

/** A session that asks no more: kept until what was under way has settled, and a while longer if words wait in it. */
export interface FormerSession {
  sessionId: string;
  endedAt: EpochMs;
  /** The session whose `earlier` it was, and with which it comes back; null: it stands for itself. */
  of: string | null;
}

export interface Asking {
  sessions: SiteSessions;
  own: Session;
  /** Nothing was ever written or received in the own session. */
  isBlank: boolean;
  /** The server cannot know the own session yet. */
  isUnheardOf: boolean;
  /** The contact sessions that are named as former, as far as they can be read. */
  formers: readonly Session[];
  /** Who the page says is there; null: nobody. */
  said: Identity | null;
  /** A new uuid. */
  newId: string;
  at: EpochMs;
}

export type Answer =
  | { kind: 'nothing' }
  /** The own session is, or becomes, this person's. */
  | { kind: 'named' }
  /** Another one asks from now on; `resumed` says whether it is one of before. */
  | { kind: 'changes'; sessions: SiteSessions; resumed: boolean };

/** Words of somebody who signed out wait so long for the same person, in ms (design §8). */
export const keptFor = 7 * 86_400_000;

/** Decides who asks. The last page that spoke wins. */
export function whoAsks(asking: Asking): Answer {
  const { own, said, isUnheardOf } = asking;
  if (said === null) return own.identity === null ? { kind: 'nothing' } : change(asking, null);
  if (isSamePerson(own.identity, said)) return { kind: 'named' };
  const resumed = resumable(asking, said);
  // An identifier can be set only when the contact session is created (contract §3.4).
  if (own.identity === null && isUnheardOf && resumed === null) return { kind: 'named' };
  return change(asking, resumed);
}

/** The session in which the same, proven person wrote words that still wait. The same hash proves it once more. */
function resumable({ sessions, formers, at }: Asking, said: Identity): string | null {
  const known = new Map(formers.map((session) => [session.id, session]));
  const found = sessions.former.find(({ sessionId, endedAt }) => {
    const session = known.get(sessionId);
    return session?.proven && isSamePerson(session.identity, said) && !isExpired({ endedAt }, at);
  });
  return found?.sessionId ?? null;
}

function change({ sessions, own, isBlank, newId, at }: Asking, resumed: string | null): Answer {
  const { former, earlier } = sessions;
  const becomesEarlier = own.identity === null && !isBlank;
  const back = former.find(({ of }) => resumed !== null && of === resumed)?.sessionId ?? null;
  const ended: FormerSession[] = [
    ...(becomesEarlier ? [] : [{ sessionId: own.id, endedAt: at, of: null }]),
    ...(earlier === null ? [] : [{ sessionId: earlier, endedAt: at, of: own.id }]),
    // What somebody wrote before they signed in, on a device where more was written since: only one can be shown.
    ...(becomesEarlier && back !== null ? [{ sessionId: back, endedAt: at, of: null }] : []),
  ];
  const stay = former.filter(({ sessionId }) => sessionId !== resumed && sessionId !== back);
  return {
    kind: 'changes',
    resumed: resumed !== null,
    sessions: {
      own: resumed ?? newId,
      earlier: becomesEarlier ? own.id : back,
      former: [...stay, ...ended],
    },
  };
}

/** Whether the time of a former session is over. */
export function isExpired({ endedAt }: Pick<FormerSession, 'endedAt'>, at: EpochMs): boolean {
  return at - endedAt >= keptFor;
}

/**
 * Whether a former session is kept for the person to come back: only one who has proven who they are can be known again,
 * and only words are worth it. `owner` is the session that it belongs to, itself where it stands for itself.
 */
export function isKept(
  former: FormerSession,
  owner: Session | null,
  hasWords: boolean,
  at: EpochMs,
): boolean {
  return owner?.proven === true && hasWords && !isExpired(former, at);
}

/** How many changes of user in five minutes are quick; more are a page that does not know who is there. */
const quickChanges = 3;
/** The longest wait, in ms. */
export const longestTold = 60_000;
const changesCounted = 5 * 60_000;

/** When the server is told of a change of user, so that a page that changes them without end asks for little. */
export function toldAt(changedAt: readonly EpochMs[], at: EpochMs): EpochMs {
  const recent = changedAt.filter((time) => time <= at && at - time < changesCounted).length;
  return at + Math.min(longestTold, 500 * 2 ** Math.max(0, Math.min(recent, 10) - quickChanges));
}
