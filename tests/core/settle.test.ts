// Uncertain messages: found and adopted, or sent again, and never matched to somebody else's words.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { State } from '@/lib/core/state';
import type { Message } from '@/lib/core/types';
import { anAttachment } from '../support/attachments';
import { aMessage, anEntry, aState, Bench, liveState, ownMessage, start } from '../support/core-builders';

const uncertain = anEntry('a', {
  text: 'hi',
  status: 'uncertain',
  baselineId: 40,
  attemptedAt: start - 60_000,
});
const file = anAttachment(1);
/** The answer to what is asked for now. */
const listed =
  (messages: Message[], complete = true, requestedAt = start) =>
  (state: State): Event => ({
    type: 'messages.listed',
    purpose: 'gap',
    asked: state.sync.gaps[1]?.before ?? null,
    conversationId: 1,
    messages,
    before: messages.length > 0 ? Math.min(...messages.map(({ id }) => id)) : null,
    complete,
    requestedAt,
  });
const bench = (change = {}, stored: Message[] = []) =>
  new Bench(liveState({ outbox: { a: { ...uncertain, ...change } } }), stored).run({ type: 'time.passed' });

describe('an uncertain message', () => {
  it('is looked for among the newest messages once the settle time has passed', () => {
    const early = bench({ dueAt: start + 1 });
    expect(early.effects).toEqual([]);
    expect(early.pass(1).effects).toEqual([
      { type: 'http.listMessages', purpose: 'gap', conversationId: 1, before: null },
    ]);
  });

  it('adopts the own message with the same words above the baseline', () => {
    const found = bench().run(listed([ownMessage(41, { text: 'hi' })]));
    expect(found.state.outbox).toEqual({});
    expect(found.history.get(41)?.echoId).toBe('a');
    expect(found.effects).toEqual([]);
  });

  it.each<[string, Message]>([
    ['at or below the baseline', ownMessage(40, { text: 'hi' })],
    ['of an agent', aMessage(41, { text: 'hi' })],
    ['with other words', ownMessage(41, { text: 'hi!' })],
    ['with files', ownMessage(41, { text: 'hi', attachments: [file] })],
    ['that another echo id claims', ownMessage(41, { text: 'hi', echoId: 'foreign' })],
  ])('does not adopt a message %s, and is sent again', (_, message) => {
    const sent = bench().run(listed([message]));
    expect(sent.effects).toEqual([
      { type: 'http.createMessage', echoId: 'a', conversationId: 1, text: 'hi' },
    ]);
    expect(sent.state.outbox.a).toMatchObject({ status: 'sending', baselineId: Math.max(message.id, 0) });
  });

  it('does not adopt a message whose claim is in the history', () => {
    const sent = bench({}, [ownMessage(41, { text: 'hi', echoId: 'foreign' })]);
    expect(sent.run(listed([ownMessage(41, { text: 'hi' })])).asked).toEqual(['http.createMessage']);
  });

  it('is not given up by the last page of a read that was begun afresh meanwhile, when both questions left together', () => {
    const reading = bench({ baselineId: 0 }).run(
      listed([ownMessage(41, { text: 'hi' }), aMessage(50)], false),
    );
    const late = listed([aMessage(20)])(reading.state);
    // The cable is confirmed in the same turn in which the next page is asked for.
    reading.run({ type: 'cable.changed', cable: 'waiting', attempt: 1, nextTryAt: null });
    reading.run({ type: 'cable.changed', cable: 'live', attempt: 0, nextTryAt: null });
    expect(reading.run(late).asked).not.toContain('http.createMessage');
    reading.run(listed([ownMessage(41, { text: 'hi' }), aMessage(50)], false), listed([]));
    expect(reading.asked).not.toContain('http.createMessage');
    expect(reading.state.outbox).toEqual({});
  });

  it('does not adopt a message that a frame claims while the pages are read', () => {
    const reading = bench({ baselineId: 0 }).run(listed([ownMessage(41, { text: 'hi' })], false));
    expect(reading.asked).toEqual(['http.listMessages']);
    reading.run({ type: 'frame.message', message: ownMessage(41, { text: 'hi', echoId: 'foreign' }) });
    expect(reading.run(listed([])).asked).toEqual(['http.createMessage']);
  });

  it('adopts the next one where a frame claims the first while the pages are read', () => {
    const own = (id: number) => ownMessage(id, { text: 'hi' });
    const reading = bench({ baselineId: 0 }).run(listed([own(41), own(43)], false));
    reading.run({ type: 'frame.message', message: { ...own(41), echoId: 'foreign' } }, listed([]));
    expect([reading.state.outbox, reading.history.get(43)?.echoId]).toEqual([{}, 'a']);
  });

  it('adopts the first of several, on whatever page they come', () => {
    const [first, second] = [ownMessage(42, { text: 'hi' }), ownMessage(43, { text: 'hi' })];
    for (const found of [
      bench().run(listed([second, first])),
      bench().run(listed([second], false), listed([first])),
    ])
      expect([found.history.get(42)?.echoId, found.history.get(43)?.echoId]).toEqual(['a', null]);
  });

  it('keeps what frames told of the adopted message', () => {
    const frame = ownMessage(41, { text: 'hi', status: 'delivered', updatedAt: start, changedAt: start });
    const found = bench().run(
      { type: 'frame.message', message: frame },
      listed([ownMessage(41, { text: 'hi' })]),
    );
    expect(found.history.get(41)).toMatchObject({ echoId: 'a', status: 'delivered', updatedAt: start });
  });

  it('keeps what frames told of it while the pages were read', () => {
    const window = { messages: [aMessage(30)], hasOlder: true, loadingOlder: false };
    const views = { v: { viewId: 'v', windowId: 1, conversationKey: '1', seenUpTo: null, visible: false } };
    const reading = new Bench(liveState({ outbox: { a: uncertain }, views, windows: { 1: window } }));
    reading.run({ type: 'time.passed' }, listed([ownMessage(41, { text: 'hi' })], false)).wait(5);
    const frame = ownMessage(41, {
      text: 'hi, edited',
      status: 'delivered',
      updatedAt: start,
      changedAt: reading.at,
    });
    reading.run({ type: 'frame.message', message: frame }, listed([]));
    expect(reading.history.get(41)).toEqual({ ...frame, echoId: 'a' });
  });

  it('is looked for down to its baseline, even below the watermark', () => {
    const deep = new Bench(liveState({ outbox: { a: uncertain }, syncedTo: { 1: 90 } }));
    deep.run({ type: 'time.passed' }).run(listed([aMessage(85), aMessage(95)], false));
    deep.run(listed([aMessage(60), aMessage(70)], false));
    expect(deep.effects).toMatchObject([{ type: 'http.listMessages', before: 60 }]);
    deep
      .run(listed([aMessage(39), ownMessage(41, { text: 'hi' })], false))
      .run(listed([aMessage(20)], false));
    expect(deep.state.outbox).toEqual({});
    expect(deep.history.get(41)?.echoId).toBe('a');
  });

  it('is not settled by a read that began before its settle time was over', () => {
    const early = new Bench(liveState({ outbox: { a: { ...uncertain, dueAt: start + 100 } }, syncedTo: {} }));
    early.run({ type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: '1' });
    expect(early.asked).toContain('http.listMessages');
    early.wait(200).run(listed([]));
    expect(early.state.outbox.a?.status).toBe('uncertain');
    expect(early.asked).toEqual(['http.listMessages']);
    expect(early.run(listed([], true, early.at)).asked).toEqual(['http.createMessage']);
  });

  it('is not settled by a read whose first page is older than that', () => {
    const early = new Bench(liveState({ outbox: { a: { ...uncertain, dueAt: start + 100 } } }));
    early.run({ type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: '1' });
    early
      .run(listed([aMessage(50)], false))
      .wait(200)
      .run(listed([aMessage(30)], false));
    early.run(listed([], true, early.at));
    expect(early.state.outbox.a?.status).toBe('uncertain');
  });

  it('that was not found waits for its turn beside another', () => {
    const outbox = { a: uncertain, b: { ...uncertain, echoId: 'b', sequence: 2 } };
    const both = new Bench(liveState({ outbox })).run({ type: 'time.passed' }, listed([]));
    expect(both.state.outbox).toMatchObject({ a: { status: 'sending' }, b: { status: 'queued' } });
  });

  it('is settled by a read whose first page only came with a later try', () => {
    const tried = new Bench(liveState({ outbox: { a: { ...uncertain, dueAt: start + 500 } } }));
    tried.run(
      { type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: '1' },
      {
        type: 'messages.failed',
        purpose: 'gap',
        asked: null,
        conversationId: 1,
        failure: { kind: 'unreachable' },
      },
    );
    expect(tried.pass(1_000).asked).toEqual(['http.listMessages']);
    expect(tried.run(listed([], true, tried.at)).asked).toEqual(['http.createMessage']);
  });

  it('of another conversation is left alone', () => {
    const other = bench({ conversationKey: '2' }).run({
      type: 'view.opened',
      viewId: 'v',
      windowId: 1,
      conversationKey: '1',
    });
    const { outbox } = other.state;
    expect(other.run(listed([ownMessage(41, { text: 'hi' })])).state.outbox).toBe(outbox);
  });
});

describe('the echo', () => {
  const frame = (change: Partial<Message>): Event => ({
    type: 'frame.message',
    message: ownMessage(50, change),
  });

  it.each(['queued', 'sending', 'uncertain', 'failed'] as const)('settles a message that is %s', (status) => {
    const state = aState({ outbox: { a: anEntry('a', { status, dueAt: start + 9 }) } });
    expect(new Bench(state).run(frame({ echoId: 'a' })).state.outbox).toEqual({});
  });

  it.each<[string, Partial<Message>]>([
    ['in another conversation', { echoId: 'a', conversationId: 2 }],
    ['of an agent', { echoId: 'a', author: aMessage(1).author }],
    ['of another message', { echoId: 'b' }],
    ['without an echo id', {}],
  ])('%s settles nothing', (_, change) => {
    const outbox = { a: anEntry('a', { status: 'sending' as const }) };
    expect(new Bench(aState({ outbox })).run(frame(change)).state.outbox).toBe(outbox);
  });

  it('remembered in the history settles what the death of the background left open', () => {
    const state = aState({ outbox: { a: anEntry('a', { status: 'uncertain', dueAt: start + 60_000 }) } });
    const found = new Bench(state, [ownMessage(50, { echoId: 'a' })]);
    found.run(
      { type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: '1' },
      listed([ownMessage(50)]),
    );
    expect(found.state.outbox).toEqual({});
  });
});

describe('a start', () => {
  it('leaves what was being sent uncertain until it can no longer arrive', () => {
    const attemptedAt = start - 5_000;
    const outbox = {
      a: anEntry('a', { status: 'sending', attemptedAt }),
      b: anEntry('b', { conversationKey: '2', dueAt: start + 9 }),
      c: anEntry('c', { conversationKey: '3', status: 'sending' }),
    };
    const { state } = new Bench(aState({ outbox })).run({ type: 'background.started' });
    expect(state.outbox.a).toMatchObject({ status: 'uncertain', dueAt: attemptedAt + 75_000 });
    expect(state.outbox.b).toBe(outbox.b);
    expect(state.outbox.c).toMatchObject({ status: 'uncertain', dueAt: start + 75_000 });
  });
});
