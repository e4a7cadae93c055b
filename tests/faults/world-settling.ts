// The seam at the core's settling of uncertain messages, for tests that replace `lib/core/settle` by it: counts what
// was found and what was not, and can hide everything that could be found.
import type { settleUncertain } from '@/lib/core/settle';

type Settle = typeof settleUncertain;

export const settling = {
  /** False: nothing is ever adopted. */
  adopts: true,
  /** Told of every uncertain message that a read settled. */
  settled: (_echoId: string, _found: boolean) => {},
};

/** `settle`, watched. */
export function watched(settle: Settle): Settle {
  return (turn, conversationId, unclaimed, startedAt) => {
    const uncertain = Object.values(turn.state.outbox).filter(({ status }) => status === 'uncertain');
    settle(turn, conversationId, settling.adopts ? unclaimed : [], startedAt);
    for (const { echoId } of uncertain) {
      const now = turn.state.outbox[echoId];
      if (now?.status !== 'uncertain') settling.settled(echoId, now === undefined);
    }
  };
}
