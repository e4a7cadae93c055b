import { signal } from '@preact/signals';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LinkView } from '@/lib/core/types';
import type { Panel } from '@/lib/panel/panel';
import { createStripModel } from '@/lib/panel/strip-model';
import { FakeClock } from '../support/fake-clock';
import { FakeBackground } from './fake-background';
import { conversation, entry, live, minute, now, snapshot } from './fixtures';

describe('the rows of the list', () => {
  let background: FakeBackground;
  let panel: Panel;
  const rows = () => panel.list.rows.value;
  beforeEach(async () => {
    background = new FakeBackground();
    panel = await background.panel();
    background.snapshot(snapshot({ conversations: [conversation(2), conversation(1, { unread: [5, 6] })] }));
  });

  it('stand newest first, with what is unread', () => {
    expect(rows().map(({ key, unread }) => [key, unread])).toEqual([
      ['1', 2],
      ['2', 0],
    ]);
  });

  it('show a draft before a failed message, and that before the last words', () => {
    const shown = () => rows().find(({ key }) => key === '1');
    expect(shown()).toMatchObject({ prefix: null, text: 'Words of 1' });
    background.patch({ type: 'outbox.changed', entry: entry('a', { status: 'failed', text: 'Lost' }) });
    expect(shown()).toMatchObject({ prefix: 'notSent', text: 'Lost' });
    panel.drafts.change('1', 'Half a sentence');
    expect(shown()).toMatchObject({ prefix: 'draft', text: 'Half a sentence' });
  });

  it('tell nothing of an answer or a resolving that is on its way', () => {
    const shown = () => rows().find(({ key }) => key === '1');
    const act = { kind: 'resolve' } as const;
    background.patch({ type: 'outbox.changed', entry: entry('a', { status: 'failed', text: '', act }) });
    expect(shown()).toMatchObject({ prefix: null, text: 'Words of 1' });
    void panel.outbox.act('1', act, false);
    expect(shown()).toMatchObject({ prefix: null, text: 'Words of 1' });
  });

  it('say of a message that is held that it was not sent', () => {
    background.patch({ type: 'outbox.changed', entry: entry('a', { status: 'held', text: 'Of then' }) });
    const waiting = entry('b', { text: 'Of now', sequence: 2 });
    background.patch({ type: 'outbox.changed', entry: waiting });
    expect(rows().find(({ key }) => key === '1')).toMatchObject({ prefix: 'notSent', text: 'Of then' });
  });

  it('show own words as such, also those that are still on their way', () => {
    const preview = {
      messageId: 1,
      authorKind: 'contact' as const,
      text: 'Mine',
      file: { kind: 'image' as const, name: 'a.png' },
      createdAt: now,
    };
    background.patch({ type: 'conversation.changed', conversation: conversation(1, { preview }) });
    expect(rows()[0]).toMatchObject({ prefix: 'you', text: 'Mine', file: { kind: 'image' } });
    background.patch({ type: 'outbox.changed', entry: entry('a', { text: 'Newer', queuedAt: now + 1 }) });
    expect(rows()[0]).toMatchObject({ prefix: 'you', text: 'Newer', at: now + 1 });
  });

  it('show a message that waits although the server, by its own clock, has a later one', () => {
    background.patch({
      type: 'outbox.changed',
      entry: entry('a', { text: 'Waits', queuedAt: now - 100_000 }),
    });
    expect(rows().find(({ key }) => key === '1')).toMatchObject({ prefix: 'you', text: 'Waits' });
  });

  it('show a conversation that was only begun here', () => {
    const local = '00000000-0000-4000-8000-00000000000a';
    panel.drafts.change(local, 'To be continued');
    expect(rows()[0]).toMatchObject({ key: local, prefix: 'draft', party: null, at: null });
  });

  it('leave out a conversation without a word, until it has one', () => {
    background.patch({ type: 'conversation.changed', conversation: conversation(3, { preview: null }) });
    expect(rows().map(({ key }) => key)).toEqual(['1', '2']);
    panel.drafts.change('3', 'A beginning');
    expect(rows()[0]).toMatchObject({ key: '3', text: 'A beginning' });
  });

  it('keep their objects when another row changes', () => {
    const before = rows();
    background.patch({ type: 'conversation.changed', conversation: conversation(1, { status: 'resolved' }) });
    expect(rows()[0]).toMatchObject({ key: '1', resolved: true });
    expect(rows()[1]).toBe(before[1]);
  });

  it('go when their conversation is removed', () => {
    background.patch({ type: 'conversation.removed', conversationId: 1 });
    expect(rows().map(({ key }) => key)).toEqual(['2']);
  });
});

describe('the strip', () => {
  const clock = () => new FakeClock(now);
  const link = (name: LinkView['name'], nextTryAt: number | null = null): LinkView => ({
    name,
    since: now,
    nextTryAt,
  });

  it('says nothing while live or idle, and nothing of a break under one second', () => {
    const time = clock();
    const source = signal(live);
    const { strip } = createStripModel(source, time);
    expect(strip.value).toBeNull();
    source.value = link('reconnecting', now + 10_000);
    time.elapse(999);
    expect(strip.value).toBeNull();
    time.elapse(1);
    expect(strip.value).toEqual({ kind: 'reconnecting', seconds: 9 });
    source.value = link('idle');
    expect(strip.value).toBeNull();
  });

  it('says nothing of a short break after a long while, and nothing when it is over', () => {
    const time = clock();
    const source = signal(live);
    const { strip, isBack } = createStripModel(source, time);
    time.elapse(3_600_000);
    source.value = { ...link('connecting'), since: time.now() };
    expect(strip.value).toBeNull();
    time.elapse(300);
    expect(strip.value).toBeNull();
    source.value = live;
    expect([strip.value, isBack.value]).toEqual([null, false]);
  });

  it('counts down to the next try, and says when one is under way', () => {
    const time = clock();
    const { strip } = createStripModel(signal(link('reconnecting', now + 3000)), time);
    time.elapse(2000);
    expect(strip.value).toEqual({ kind: 'reconnecting', seconds: 1 });
    time.elapse(1000);
    expect(strip.value).toMatchObject({ kind: 'reconnectingNow' });
  });

  it('stays while tries and pauses alternate', () => {
    const time = clock();
    const source = signal(link('reconnecting', now + 2000));
    const { strip } = createStripModel(source, time);
    time.elapse(2000);
    source.value = { name: 'connecting', since: time.now(), nextTryAt: null };
    expect(strip.value).toMatchObject({ kind: 'reconnectingNow' });
    source.value = { name: 'reconnecting', since: time.now(), nextTryAt: time.now() + 4000 };
    expect(strip.value).toEqual({ kind: 'reconnecting', seconds: 4 });
  });

  it('says that it is tried for a second when a person asks, and for as long as it takes', () => {
    const time = clock();
    const source = signal(link('reconnecting', now + 20_000));
    const { strip, isChecking, asked } = createStripModel(source, time);
    const shown = () => [strip.value?.kind, strip.value?.seconds, isChecking.value];
    time.elapse(2500);
    asked();
    time.elapse(500);
    expect(shown()).toEqual(['reconnectingNow', 17, true]);
    time.elapse(1000);
    expect(shown()).toEqual(['reconnecting', 16, false]);
    asked();
    source.value = link('connecting');
    time.elapse(5000);
    expect(shown()).toEqual(['reconnectingNow', 0, true]);
    source.value = link('reconnecting', now + 20_000);
    time.elapse(1000);
    expect(shown()).toEqual(['reconnecting', 10, false]);
  });

  it('tells the beginning of the first thing that was wrong, and of the next where that is not known', () => {
    const time = clock();
    const source = signal<LinkView>({ name: 'offline', since: now - minute, nextTryAt: null });
    const { since } = createStripModel(source, time);
    expect(since.value).toBe(now - minute);
    source.value = link('silent');
    expect(since.value).toBe(now - minute);
    source.value = live;
    expect(since.value).toBeNull();
    source.value = { name: 'rateLimited', since: 0, nextTryAt: now + minute };
    expect(since.value).toBe(0);
    source.value = link('offline');
    expect(since.value).toBe(now);
  });

  it('goes on saying that there is no connection, however short the break is, once something was said of it', () => {
    const source = signal(link('offline'));
    const { strip, isBack } = createStripModel(source, clock());
    source.value = link('connecting');
    expect(strip.value).toMatchObject({ kind: 'reconnectingNow' });
    source.value = live;
    expect([strip.value, isBack.value]).toEqual([null, true]);
  });

  it('speaks of being offline and of the rate limit at once', () => {
    const time = clock();
    const source = signal(link('offline'));
    const { strip } = createStripModel(source, time);
    expect(strip.value).toMatchObject({ kind: 'offline' });
    source.value = link('rateLimited', now + 42_000);
    expect(strip.value).toEqual({ kind: 'rateLimited', seconds: 42 });
  });

  it('speaks of a server that is silent, an inbox that is missing and a cable that is blocked at once', () => {
    const source = signal(link('silent'));
    const { strip } = createStripModel(source, clock());
    expect(strip.value).toMatchObject({ kind: 'silent' });
    source.value = link('inboxMissing');
    expect(strip.value).toMatchObject({ kind: 'inboxMissing' });
    source.value = link('cableBlocked');
    expect(strip.value).toMatchObject({ kind: 'cableBlocked' });
  });

  it('speaks at once of who is asking', () => {
    const source = signal(link('signedOut'));
    const { strip } = createStripModel(source, clock());
    expect(strip.value).toMatchObject({ kind: 'signedOut' });
    source.value = link('identityRefused');
    expect(strip.value).toMatchObject({ kind: 'identityRefused' });
  });

  it('is not silenced by a clock that was set back', () => {
    const time = clock();
    const { strip } = createStripModel(signal(link('reconnecting')), time);
    time.turnTo(now - minute);
    time.elapse(1000);
    expect(strip.value).toMatchObject({ kind: 'reconnectingNow' });
  });

  it('tells for a while that the connection is back, after a break that was shown', () => {
    const time = clock();
    const source = signal(link('reconnecting', now + minute));
    const { isBack } = createStripModel(source, time);
    source.value = live;
    expect(isBack.value).toBe(false);
    source.value = { ...link('reconnecting', null), since: now };
    time.elapse(1000);
    source.value = live;
    expect(isBack.value).toBe(true);
    time.elapse(5000);
    expect(isBack.value).toBe(false);
  });

  it('keeps no timer running while there is nothing to tell', () => {
    const time = clock();
    const source = signal(link('reconnecting', now + minute));
    const model = createStripModel(source, time);
    expect(time.pending).toBe(1);
    source.value = live;
    expect(time.pending).toBe(0);
    model.stop();
  });
});
