import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bubble, ThreadContent } from '@/lib/panel/bubbles';
import type { Saving } from '@/lib/panel/outbox-model';
import { type ThreadItem, threadItems } from '@/lib/panel/thread-items';
import { day, entry, mara, me, message, minute, now } from './fixtures';

const content = (change: Partial<ThreadContent>): ThreadContent => ({
  messages: [],
  entries: [],
  saving: [],
  complete: false,
  agentLastSeenAt: 0,
  newFromId: null,
  offline: false,
  conversation: null,
  ...change,
});
const items = (change: Partial<ThreadContent>, previous: ThreadItem[] = []) =>
  threadItems(content(change), previous);
const bubbles = (change: Partial<ThreadContent>) =>
  items(change).filter((item): item is Bubble => item.kind === 'bubble');
const own = (id: number, createdAt: number) => message(id, { author: me, createdAt });
const saving = (echoId: string): Saving => ({
  echoId,
  conversationKey: '1',
  act: { kind: 'message' },
  text: 'S',
  at: now,
  accepted: false,
  mayMerge: false,
  lost: false,
});
const kinds = (change: Partial<ThreadContent>) => items(change).map((item) => item.kind);

describe('a message that is held', () => {
  it('stands with a line of its own, also beside one of the same words that arrived', () => {
    const made = bubbles({
      messages: [message(5, { author: me, text: 'Hello' })],
      entries: [entry('a', { status: 'held', text: 'Hello' }), entry('b', { sequence: 2 })],
    });
    expect(made.map(({ state, stateShown }) => [state, stateShown])).toEqual([
      ['sent', true],
      ['held', true],
      ['queued', true],
    ]);
  });
});

describe('groups', () => {
  it('join messages of one author less than five minutes apart', () => {
    const made = bubbles({
      messages: [0, 4, 9].map((minutes, id) => message(id + 1, { createdAt: now + minutes * minute })),
    });
    expect(made.map(({ first }) => first)).toEqual([true, false, true]);
    expect(made.map(({ joinsBefore }) => joinsBefore)).toEqual([false, true, false]);
    expect(made.map(({ joinsAfter }) => joinsAfter)).toEqual([true, false, false]);
  });

  it('end with the author and at midnight', () => {
    const midnight = new Date(now).setHours(0, 0, 0, 0);
    const jonas = { ...mara, id: 8, name: 'Jonas' };
    const made = bubbles({
      messages: [
        message(1, { createdAt: midnight - minute }),
        message(2, { createdAt: midnight + minute }),
        message(3, { createdAt: midnight + 2 * minute, author: jonas }),
        message(4, { createdAt: midnight + 3 * minute, author: me }),
      ],
    });
    expect(made.map(({ first }) => first)).toEqual([true, true, true, true]);
  });

  it('do not join over a state that has its own line', () => {
    const made = bubbles({ entries: [entry('a', { status: 'failed' }), entry('b', { status: 'queued' })] });
    expect(made.map(({ first }) => first)).toEqual([true, false]);
    expect(made.map(({ joinsBefore }) => joinsBefore)).toEqual([false, false]);
  });
});

describe('separators', () => {
  it('stand before the first message of each day', () => {
    const messages = [now - 2 * day, now - day, now].map((createdAt, id) => message(id + 1, { createdAt }));
    expect(kinds({ messages })).toEqual(['day', 'bubble', 'day', 'bubble', 'day', 'bubble']);
  });

  it('do not go back a day for a message that only waits here since yesterday', () => {
    const waiting = entry('a', { queuedAt: now - day });
    expect(kinds({ messages: [message(1, { createdAt: now })], entries: [waiting] })).toEqual([
      'day',
      'bubble',
      'bubble',
    ]);
  });

  it('put the new line before the first unread message, and on the day where both fall together', () => {
    const messages = [now - day, now - day + 1, now].map((createdAt, id) => message(id + 1, { createdAt }));
    expect(kinds({ messages, newFromId: 2 })).toEqual(['day', 'bubble', 'new', 'bubble', 'day', 'bubble']);
    const both = items({ messages, newFromId: 3 });
    expect(both.filter((item) => item.kind === 'day').map(({ isNew }) => isNew)).toEqual([false, true]);
    expect(both.some((item) => item.kind === 'new')).toBe(false);
  });

  it('begin a complete conversation with its first day', () => {
    const made = items({ messages: [message(1, { createdAt: 5000 })], complete: true });
    expect(made[0]).toMatchObject({ kind: 'beginning', at: 5000 });
    expect(kinds({ complete: true })).toEqual([]);
  });
});

describe('states', () => {
  it('say "seen" under the newest message that the server called read, and nowhere else', () => {
    const messages = [own(1, now - 30 * minute), own(2, now - 20 * minute), own(3, now - 10 * minute)];
    const made = bubbles({ messages, agentLastSeenAt: now - 15 * minute });
    expect(made.map(({ state }) => state)).toEqual(['sent', 'seen', 'sent']);
    const byStatus = bubbles({
      messages: messages.map((each) => ({ ...each, status: each.id === 3 ? 'read' : null })),
    });
    expect(byStatus.map(({ state }) => state)).toEqual(['sent', 'sent', 'seen']);
  });

  it('stand under the last message of a group, and under each that is not settled', () => {
    const made = bubbles({
      messages: [own(1, now), own(2, now + 1)],
      entries: ['uncertain', 'failed', 'queued'].map((status, sequence) =>
        entry(`e${sequence}`, { status: status as 'queued', sequence, queuedAt: now + 2 }),
      ),
    });
    expect(made.map(({ stateShown }) => stateShown)).toEqual([false, false, true, true, true]);
  });

  it('never stand under messages of others', () => {
    const [bubble] = bubbles({ messages: [message(1)] });
    expect(bubble).toMatchObject({ state: null, stateShown: false, own: false });
  });

  it('tell of a message that waits for the connection', () => {
    expect(bubbles({ entries: [entry('a')], offline: true })[0]?.state).toBe('queuedOffline');
    expect(bubbles({ entries: [entry('a', { status: 'failed' })], offline: true })[0]?.state).toBe('failed');
  });
});

describe('own messages', () => {
  it('are one bubble with one key from the key press to the server’s message', () => {
    const stages: Partial<ThreadContent>[] = [
      { saving: [saving('e')] },
      { saving: [saving('e')], entries: [entry('e')] },
      { entries: [entry('e', { status: 'sending' })] },
      { entries: [entry('e')], messages: [message(9, { author: me, echoId: 'e', createdAt: now })] },
      { messages: [message(9, { author: me, echoId: 'e', createdAt: now })] },
    ];
    const seen = stages.map((stage) => bubbles(stage).map(({ key, state }) => `${key} ${state}`));
    expect(seen).toEqual([['e saving'], ['e queued'], ['e sending'], ['e sent'], ['e sent']]);
  });

  it('that the server has deleted are gone, and do not come back from the outbox', () => {
    const deleted = message(9, { author: me, echoId: 'e', deleted: true });
    expect(bubbles({ messages: [deleted], entries: [entry('e')] })).toEqual([]);
  });
});

describe('reuse', () => {
  it('keeps every item but the one a new message touches', () => {
    const messages = [message(1), message(2), own(3, now - minute), own(4, now)];
    const before = items({ messages });
    const after = items({ messages: [...messages, own(5, now + minute)] }, before);
    const fresh = after.filter((item) => !before.includes(item));
    expect(fresh.map((item) => item.key)).toEqual(['4', '5']);
  });

  it('never shows anything but what it would show without it', () => {
    const list = fc.array(fc.tuple(fc.nat(1), fc.nat(600)), { maxLength: 20 }).map((gaps) => {
      let at = now;
      return gaps.map(([who, gap], id) => {
        at += gap * 1000;
        return message(id + 1, { author: who ? me : mara, createdAt: at });
      });
    });
    fc.assert(
      fc.property(list, list, fc.boolean(), (first, second, complete) => {
        const before = items({ messages: first });
        expect(items({ messages: second, complete }, before)).toEqual(items({ messages: second, complete }));
      }),
    );
  });
});

describe('a message under way or uncertain', () => {
  const uncertain = (change = {}) =>
    entry('e', { status: 'uncertain', text: 'Is it there?', baselineId: 4, ...change });
  const arrived = (change = {}) => message(5, { author: me, text: 'Is it there?', echoId: null, ...change });
  const states = (messages: ReturnType<typeof arrived>[], entries = [uncertain()]) =>
    bubbles({ messages, entries }).map(({ state }) => state);

  it('is shown once when it seems to have arrived, before anybody can be sure', () => {
    expect(states([arrived()])).toEqual(['sent']);
    expect(states([arrived()], [uncertain({ status: 'sending' })])).toEqual(['sent']);
  });

  it('stays beside one that is older, claimed, by somebody else or of other words', () => {
    expect(states([arrived({ id: 4 })])).toEqual(['sent', 'uncertain']);
    expect(states([arrived({ echoId: 'other' })])).toEqual(['sent', 'uncertain']);
    expect(states([arrived({ author: mara })])).toEqual([null, 'uncertain']);
    expect(states([arrived({ text: 'Other words' })])).toEqual(['sent', 'uncertain']);
  });

  it('hides behind one message only, and only while it may be there', () => {
    const second = uncertain({ echoId: 'f', sequence: 2 });
    expect(states([arrived()], [uncertain(), second])).toEqual(['sent', 'uncertain']);
    expect(states([arrived()], [uncertain({ status: 'queued' })])).toEqual(['sent', 'queued']);
  });
});
