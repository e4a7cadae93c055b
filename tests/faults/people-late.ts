// What panels said before somebody else came, and what arrives only then: every command that names a session, in one of
// somebody who is gone. Judges nothing but what such a panel is shown.
import type { Snapshot } from '@/lib/messaging/view-updates';
import type { PeopleWorld } from './people-world';

export type LateCommand = 'send' | 'draft' | 'rename' | 'open' | 'look' | 'decide';

/** Lets it arrive, in one of the sessions that are shown no more, if there is one. */
export async function arriveLate(world: PeopleWorld, what: LateCommand, index: number): Promise<void> {
  const { site, past } = await world.look();
  const shown = [site.sessionId, past.earlier?.sessionId];
  const former = [...world.panels.owners].filter(([id]) => !shown.includes(id));
  const [sessionId, tag] = former[index % Math.max(1, former.length)] ?? [];
  if (sessionId === undefined || tag === undefined) return;
  world.plan.note(`late: ${what}`);
  const conversationKey = world.uuid();
  switch (what) {
    case 'send':
      return world.send(sessionId, conversationKey, world.word(tag, true));
    case 'draft': {
      const { text } = world.word(tag, true);
      await world.ask({ type: 'draft.change', sessionId, conversationKey, text });
      return;
    }
    case 'rename':
      return world.rename({ site: { ...site, sessionId } } as Snapshot);
    case 'open':
      return world.panels.openLate(sessionId);
    case 'look':
      return world.panels.seeLate(index + 1);
    case 'decide':
      for (const { echoId, text } of await world.outbox(sessionId)) {
        const word = world.judge.words.get(text);
        const sends = index % 2 === 0;
        if (word && !sends) word.discarded = true;
        await world.ask({ type: sends ? 'message.retry' : 'message.discard', sessionId, echoId });
      }
  }
}
