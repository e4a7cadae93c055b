// One truth about a message, whoever tells of it and in whatever order; and its place in an open window.
import { describe, expect, it } from 'vitest';
import { byTime, mergeMessage, putInWindow } from '@/lib/core/messages';
import type { MessageWindow } from '@/lib/core/types';
import { anAttachment } from '../support/attachments';
import { aConversation, aMessage, aState, Bench, start } from '../support/core-builders';

const http = (requestedAt: number) => ({ from: 'http' as const, requestedAt });
const frame = { from: 'frame' as const };

describe('a message that is known', () => {
  const known = aMessage(1, { text: 'new', updatedAt: 2_000, changedAt: 500, status: 'read', echoId: 'a' });

  it('stays the same object when nothing is new', () => {
    const repeated = { ...known, changedAt: 900, attachments: [], attributes: {} };
    expect(mergeMessage(known, repeated, frame)).toBe(known);
    expect(mergeMessage(known, aMessage(1, { text: 'new' }), http(900))).toBe(known);
  });

  it.each([
    ['text', { text: 'x' }],
    ['deletion', { deleted: true }],
    ['status', { status: 'sent' as const }],
    ['version', { updatedAt: 3_000 }],
    ['time', { createdAt: 1 }],
    ['author', { author: { ...known.author, name: 'x' } }],
    ['content', { content: { kind: 'email' as const } }],
    ['answer', { answer: { kind: 'email' as const, email: 'a@b.test' } }],
    ['quoted message', { quotedId: 7 }],
    ['translation', { translations: { de: 'Hallo' } }],
    ['attachments', { attachments: [anAttachment(1)] }],
  ])('takes a new %s from a frame', (_, change) => {
    expect(mergeMessage(known, { ...known, ...change }, frame)).toEqual({ ...known, ...change });
  });

  it('is not changed by an older frame, except for its echo id', () => {
    expect(mergeMessage(known, { ...known, text: 'old', updatedAt: 1_999 }, frame)).toBe(known);
    const nameless = { ...known, echoId: null };
    const old = { ...known, text: 'old', updatedAt: 1_999, echoId: 'a' };
    expect(mergeMessage(nameless, old, frame)).toEqual(known);
  });

  it('believes a frame of the same version, and one where versions are missing', () => {
    expect(mergeMessage(known, { ...known, text: 'x' }, frame).text).toBe('x');
    expect(mergeMessage(known, { ...known, text: 'x', updatedAt: null }, frame).text).toBe('x');
    expect(
      mergeMessage({ ...known, updatedAt: null }, { ...known, text: 'x', updatedAt: 1 }, frame).text,
    ).toBe('x');
  });

  it('keeps its first echo id', () => {
    expect(mergeMessage(known, { ...known, echoId: 'b' }, frame)).toBe(known);
    expect(mergeMessage(known, aMessage(1, { text: 'x' }), http(900)).echoId).toBe('a');
  });

  it('is not changed by an HTTP answer asked for before the frame, except for its echo id', () => {
    expect(mergeMessage(known, aMessage(1, { text: 'stale' }), http(500))).toBe(known);
    const posted = aMessage(1, { text: 'stale', echoId: 'b' });
    expect(mergeMessage({ ...known, echoId: null }, posted, http(500))).toEqual({ ...known, echoId: 'b' });
  });

  it('takes words from a later HTTP answer, but never a status or version', () => {
    expect(mergeMessage(known, aMessage(1, { text: 'edited' }), http(501))).toEqual({
      ...known,
      text: 'edited',
    });
  });

  it('is deleted by an answer that knows of it, whatever a frame said meanwhile', () => {
    const late = aMessage(9, { status: 'sent', updatedAt: start, changedAt: start + 2 });
    const news = aMessage(9, { deleted: true, text: '' });
    expect(mergeMessage(late, news, { from: 'http', requestedAt: start + 1 })).toEqual({
      ...late,
      deleted: true,
      text: '',
    });
  });

  it('stays deleted, whatever older news comes late', () => {
    const deleted = aMessage(9, { deleted: true, updatedAt: start });
    expect(mergeMessage(deleted, aMessage(9), { from: 'http', requestedAt: start + 1 })).toBe(deleted);
    expect(mergeMessage(deleted, aMessage(9, { updatedAt: start }), { from: 'frame' })).toBe(deleted);
  });

  it('does not exist before the first news', () => {
    const news = aMessage(1);
    expect(mergeMessage(undefined, news, http(0))).toBe(news);
  });
});

describe('a window', () => {
  const window = (ids: number[], hasOlder = true): MessageWindow => ({
    messages: ids.map((id) => aMessage(id)),
    hasOlder,
    loadingOlder: false,
  });
  const ids = ({ messages }: MessageWindow) => messages.map(({ id }) => id);

  it('orders by time, then by id', () => {
    expect(byTime(aMessage(1), aMessage(2))).toBeLessThan(0);
    expect(byTime(aMessage(2, { createdAt: 5 }), aMessage(1, { createdAt: 5 }))).toBeGreaterThan(0);
    expect(ids(putInWindow(window([2, 6]), aMessage(4), false))).toEqual([2, 4, 6]);
    expect(ids(putInWindow(window([2, 6]), aMessage(4, { createdAt: start + 9_000 }), false))).toEqual([
      2, 6, 4,
    ]);
    expect(ids(putInWindow(window([2, 6]), aMessage(7, { createdAt: start + 2_000 }), false))).toEqual([
      2, 7, 6,
    ]);
  });

  it('replaces a message in its place, and moves it when its time changed', () => {
    const edited = putInWindow(window([2, 4, 6]), aMessage(4, { text: 'edited' }), false);
    expect([ids(edited), edited.messages[1]?.text]).toEqual([[2, 4, 6], 'edited']);
    expect(ids(putInWindow(window([2, 4, 6]), aMessage(2, { createdAt: start + 5_000 }), false))).toEqual([
      4, 2, 6,
    ]);
    expect(ids(putInWindow(window([2, 4, 6]), aMessage(6, { createdAt: start }), false))).toEqual([6, 2, 4]);
    const sooner = aMessage(4, { createdAt: start + 3_000 });
    expect(ids(putInWindow(window([2, 4, 6]), sooner, false))).toEqual([2, 4, 6]);
  });

  it('leaves what is before its beginning to the history', () => {
    const before = window([5, 6]);
    expect(putInWindow(before, aMessage(4), false)).toBe(before);
    expect(ids(putInWindow(before, aMessage(4), true))).toEqual([4, 5, 6]);
    expect(ids(putInWindow(window([5, 6], false), aMessage(4), false))).toEqual([4, 5, 6]);
    expect(ids(putInWindow(window([]), aMessage(4), false))).toEqual([4]);
  });
});

describe('news of a message', () => {
  const windows = { 1: { messages: [aMessage(5)], hasOlder: true, loadingOlder: false } };
  const views = { v: { viewId: 'v', windowId: 1, conversationKey: '1', seenUpTo: null, visible: false } };

  it('is stored and shown once', () => {
    const bench = new Bench(aState({ windows, views })).run({ type: 'frame.message', message: aMessage(6) });
    expect(bench.messages.map(({ id }) => id)).toEqual([6]);
    expect(bench.state.windows[1]?.messages.map(({ id }) => id)).toEqual([5, 6]);
    const shown = bench.state.windows;
    bench.run({ type: 'frame.message', message: aMessage(6) });
    expect([bench.messages, bench.state.windows === shown]).toEqual([[], true]);
  });

  it('is stored, not shown, where it is before what the window shows', () => {
    const bench = new Bench(aState({ windows, views })).run({ type: 'frame.message', message: aMessage(3) });
    expect(bench.messages.map(({ id }) => id)).toEqual([3]);
    expect(bench.state.windows).toMatchObject({ 1: { messages: [{ id: 5 }] } });
  });

  it('is compared with the history where no window is open', () => {
    const conversations = { 1: aConversation(1, { newestId: 6 }) };
    const bench = new Bench(aState({ conversations }), [aMessage(6)]);
    expect(bench.run({ type: 'frame.message', message: aMessage(6) }).messages).toEqual([]);
    bench.run({ type: 'frame.message', message: aMessage(6, { text: 'edited' }) });
    expect(bench.messages.map(({ text }) => text)).toEqual(['edited']);
  });

  it('of another conversation does not touch the window', () => {
    const bench = new Bench(aState({ windows, views }));
    bench.run({ type: 'frame.message', message: aMessage(6, { conversationId: 2 }) });
    expect(bench.state.windows).toBe(windows);
  });

  it('brings into view what the history had but the window had not', () => {
    const conversations = { 1: aConversation(1, { newestId: 7 }) };
    const bench = new Bench(aState({ conversations, windows, views }), [aMessage(7)]);
    bench.run({ type: 'frame.message', message: aMessage(7) });
    expect(bench.state.windows[1]?.messages.map(({ id }) => id)).toEqual([5, 7]);
    expect(bench.messages).toEqual([]);
  });
});
