import { describe, expect, it } from 'vitest';
import type { Answer, MessageContent } from '@/lib/core/content';
import type { OutboxView } from '@/lib/messaging/view-updates';
import { answerWords } from '@/lib/panel/answers';
import type { Bubble, ThreadContent } from '@/lib/panel/bubbles';
import type { Saving } from '@/lib/panel/outbox-model';
import { type ThreadItem, threadItems } from '@/lib/panel/thread-items';
import { conversation, entry, me, message, minute, now } from './fixtures';

const option = (title: string): Answer => ({ kind: 'option', option: { title, value: title } });
const content: MessageContent = { kind: 'options', options: [] };
const asked = message(5, { text: 'Which?', content, createdAt: now });
const under = (status: OutboxView['status'], answer: Answer, change: Partial<OutboxView> = {}) =>
  entry('e', { status, text: '', act: { kind: 'answer', messageId: 5, answer }, ...change });
const saving = (answer: Answer, lost = false): Saving => ({
  echoId: 's',
  conversationKey: '1',
  act: { kind: 'answer', messageId: 5, answer },
  text: '',
  at: now,
  accepted: false,
  mayMerge: false,
  lost,
});
const empty: ThreadContent = {
  messages: [asked],
  entries: [],
  saving: [],
  complete: false,
  agentLastSeenAt: 0,
  newFromId: null,
  offline: false,
  conversation: null,
};
const items = (change: Partial<ThreadContent>, previous: ThreadItem[] = []) =>
  threadItems({ ...empty, ...change }, previous);
const bubbles = (change: Partial<ThreadContent>) =>
  items(change).filter((item): item is Bubble => item.kind === 'bubble');
const last = (change: Partial<ThreadContent>) => bubbles(change).at(-1);

const noForm: MessageContent = { kind: 'form', fields: [], buttonLabel: null };

describe('an answer', () => {
  it.each([
    ['queued', 'queued'],
    ['uncertain', 'queued'],
    ['sending', 'sending'],
    ['failed', 'failed'],
    ['held', 'held'],
  ] as const)('that is %s stands below its question as %s', (status, state) => {
    const made = bubbles({ entries: [under(status, option('A'))] });
    expect(made).toHaveLength(2);
    expect(made[0]?.given?.state).toBe(state);
    expect(made[1]).toMatchObject({
      own: true,
      text: 'A',
      answers: 'choice',
      state,
      echoId: 'e',
      stateShown: true,
    });
  });

  it('says when it waits for the network', () => {
    expect(last({ entries: [under('queued', option('A'))], offline: true })?.state).toBe('queuedOffline');
  });

  it('that is under way counts more than the one that the server has', () => {
    const messages = [{ ...asked, answer: option('Old') }];
    expect(last({ messages })).toMatchObject({ text: 'Old', state: 'sent', echoId: null });
    expect(last({ messages, entries: [under('queued', option('New'))] })?.text).toBe('New');
    expect(
      last({ messages, entries: [under('queued', option('New'))], saving: [saving(option('Newest'))] }),
    ).toMatchObject({ text: 'Newest', state: 'saving' });
  });

  it('that the browser could not keep has failed', () => {
    expect(last({ saving: [saving(option('A'), true)] })).toMatchObject({ state: 'failed', failure: null });
  });

  it('keeps its bubble from the choice to the server', () => {
    const states = [
      bubbles({ saving: [saving(option('A'))] }),
      bubbles({ entries: [under('sending', option('A'))] }),
      bubbles({ messages: [{ ...asked, answer: option('A') }] }),
    ];
    expect(new Set(states.map((made) => made.at(-1)?.key)).size).toBe(1);
  });

  it('stands in the place of its question, on its day, and in no group', () => {
    const old = { ...asked, createdAt: now - 26 * 60 * minute, answer: option('A') };
    const later = message(6, { author: me, createdAt: old.createdAt + minute });
    const made = items({ messages: [old, later, message(7, { createdAt: now })] });
    expect(made.map(({ kind }) => kind)).toEqual(['day', 'bubble', 'bubble', 'bubble', 'day', 'bubble']);
    expect(made[2]).toMatchObject({ answers: 'choice', stateShown: true, joinsAfter: false });
  });

  it('is not what is new', () => {
    const messages = [{ ...asked, answer: option('A') }];
    const made = items({ messages, newFromId: 5 }).map(({ kind }) => kind);
    expect(made).toEqual(['day', 'bubble', 'bubble']);
  });

  it('leaves nothing of a question without words', () => {
    const form = { ...asked, text: '', content: noForm };
    expect(bubbles({ messages: [form] })).toHaveLength(1);
    const answer: Answer = { kind: 'fields', fields: [{ name: 'a', value: 'b' }] };
    expect(bubbles({ messages: [{ ...form, answer }] }).map(({ text }) => text)).toEqual(['a: b']);
  });

  it('whose question is nowhere is shown by itself once it has failed', () => {
    expect(bubbles({ messages: [], entries: [under('queued', option('A'))] })).toEqual([]);
    expect(
      bubbles({ messages: [], entries: [under('failed', option('A'), { failure: 'gone' })] }),
    ).toMatchObject([{ text: 'A', state: 'failed', failure: 'gone', own: true }]);
  });

  it('is not taken for a message that has arrived', () => {
    const arrived = message(9, { author: me, text: '', createdAt: now });
    const entries = [under('sending', option('A')), entry('f', { status: 'sending', text: '', sequence: 2 })];
    expect(bubbles({ messages: [asked, arrived], entries }).map(({ key }) => key)).toEqual([
      '5',
      'answer 5',
      '9',
    ]);
  });

  it('that is a rating stands where it was asked for', () => {
    const rating: MessageContent = { kind: 'rating', scale: 'stars' };
    const answer: Answer = { kind: 'rating', rating: 4, comment: '' };
    const made = bubbles({ messages: [{ ...asked, content: rating, answer }] });
    expect(made).toHaveLength(1);
    expect(made[0]?.given?.answer).toEqual(answer);
  });

  it('draws nothing again that did not change', () => {
    const change = { messages: [{ ...asked, answer: option('A') }], entries: [] };
    const first = items(change);
    expect(items(change, first)).toEqual(first);
    expect(items(change, first).every((item, index) => item === first[index])).toBe(true);
    const other = items({ messages: [{ ...asked, answer: option('B') }] }, first);
    expect(other[1]).not.toBe(first[1]);
  });

  it('is told in the words of its form, without what was left empty', () => {
    const form: MessageContent = {
      kind: 'form',
      buttonLabel: null,
      fields: [
        {
          name: 'c',
          kind: 'select',
          label: 'Country',
          placeholder: '',
          initial: '',
          required: false,
          pattern: null,
          patternHint: null,
          options: [{ title: 'Netherlands', value: 'nl' }],
        },
      ],
    };
    const given = (value: string): Answer => ({ kind: 'fields', fields: [{ name: 'c', value }] });
    expect(answerWords(given('nl'), form)).toBe('Country: Netherlands');
    expect(answerWords(given('other'), form)).toBe('Country: other');
    expect(answerWords(given(''), form)).toBe('–');
    expect(answerWords({ kind: 'rating', rating: 3, comment: 'ok' }, form)).toBe('3\nok');
  });
});

describe('the line of a conversation', () => {
  const resolve = (status: OutboxView['status']) =>
    entry('r', { status, text: '', act: { kind: 'resolve' } });
  const kinds = (change: Partial<ThreadContent>, after: number | null = null) =>
    threadItems({ ...empty, ...change }, [], after).map(({ kind }) => kind);

  it.each([
    [false, 'team'],
    [true, 'self'],
  ] as const)('says who resolved it (%s: %s)', (resolvedHere, by) => {
    const status = { conversation: conversation(1, { status: 'resolved', resolvedHere }) };
    expect(items(status).at(-1)).toMatchObject({ kind: 'resolved', by });
  });

  it.each(['open', 'pending', 'snoozed'] as const)('is not there when it is %s', (status) => {
    expect(kinds({ conversation: conversation(1, { status }) })).toEqual(['day', 'bubble']);
  });

  it('stands above what is being sent, which opens it again', () => {
    expect(
      kinds({
        conversation: conversation(1, { status: 'resolved' }),
        entries: [entry('a', { queuedAt: now })],
      }),
    ).toEqual(['day', 'bubble', 'resolved', 'bubble']);
  });

  it('says that it was opened again, below what was the newest then', () => {
    const messages = [asked, message(6, { createdAt: now + 1000 })];
    expect(kinds({ messages }, 5)).toEqual(['day', 'bubble', 'reopened', 'bubble']);
    expect(kinds({ messages }, 6)).toEqual(['day', 'bubble', 'bubble', 'reopened']);
  });

  it('says how marking it as resolved goes, until it is', () => {
    expect(items({ entries: [resolve('queued')] }).at(-1)).toMatchObject({
      kind: 'resolving',
      state: 'queued',
    });
    expect(items({ entries: [resolve('queued')], offline: true }).at(-1)).toMatchObject({
      state: 'queuedOffline',
    });
    expect(items({ entries: [resolve('failed')] }).at(-1)).toMatchObject({ state: 'failed', echoId: 'r' });
    const conversationOf = conversation(1, { status: 'resolved', resolvedHere: true });
    expect(kinds({ entries: [resolve('sending')], conversation: conversationOf }).at(-1)).toBe('resolved');
  });
});

describe('quotes', () => {
  it('know the message that they are of, where it is here', () => {
    const made = bubbles({
      messages: [
        asked,
        message(6, { quotedId: 5, createdAt: now }),
        message(7, { quotedId: 99, createdAt: now }),
      ],
    });
    expect(made.map(({ quotedId, quoted }) => [quotedId, quoted?.id ?? null])).toEqual([
      [null, null],
      [5, 5],
      [99, null],
    ]);
  });
});
