// When the background has to wake: for everything that waits for a time, and for nothing else.
import { describe, expect, it } from 'vitest';
import type { State } from '@/lib/core/state';
import { nextWakeAt } from '@/lib/core/wake';
import {
  aConversation,
  aCreation,
  ada,
  agent,
  anEntry,
  aState,
  awaited,
  knownSession,
  newSession,
  start,
} from '../support/core-builders';

const later = start + 7_000;
const waiting = { wanted: true, busy: false, attempts: 1, dueAt: later };
const gap = {
  ...waiting,
  conversationId: 1,
  before: null,
  top: 0,
  beyond: false,
  startedAt: 0,
  unclaimed: [],
};
const { sync, link } = aState();
const untold = { ...knownSession, identity: ada, told: false };
const live = { ...link, cable: 'live' as const };
const wake = (change: Partial<State>) => nextWakeAt(aState({ link: live, ...change }), start);
const limited = { ...live, rateLimitedUntil: start + 20_000 };

describe('the background', () => {
  it('sleeps when nothing waits', () => {
    expect(wake({})).toBeNull();
    expect(nextWakeAt(aState(), start)).toBeNull();
  });

  it.each<[string, Partial<State>]>([
    ['the contact', { sync: { ...sync, contact: waiting } }],
    ['the list', { sync: { ...sync, list: { ...waiting, lastAt: 0 } } }],
    ['a gap', { sync: { ...sync, gaps: { 1: gap } } }],
    ['a queued message', { outbox: { a: anEntry('a', { dueAt: later }) } }],
    ['an uncertain message', { outbox: { a: anEntry('a', { status: 'uncertain', dueAt: later }) } }],
    ['a wanted creation', { creations: { l: aCreation('l', { dueAt: later }) } }],
    ['an uncertain creation', { creations: { l: aCreation('l', { phase: 'uncertain', dueAt: later }) } }],
    ['the identity', { session: untold, sync: { ...sync, identify: { ...waiting, bare: false } } }],
    [
      'what was read',
      {
        conversations: { 1: aConversation(1, { readUpTo: 5 }) },
        views: { v: { viewId: 'v', windowId: 1, conversationKey: null, seenUpTo: null, visible: true } },
        focusedWindowId: 1,
        inbox: { hours: 'always', heardAt: start },
        presence: { users: {}, at: start },
        sync: { ...sync, presenceAskedAt: start, lastSeen: { ...sync.lastSeen, sentAt: later - 5_000 } },
      },
    ],
    [
      'typing that is to be told off',
      {
        session: { ...knownSession, typingIn: 1 },
        sync: { ...sync, typing: { ...sync.typing, sentAt: later - 5_000 } },
      },
    ],
  ])('wakes for %s, but not during a rate limit', (_, change) => {
    expect(wake(change)).toBe(later);
    expect(wake({ ...change, link: limited })).toBe(start + 20_000);
  });

  it('wakes for drafts and typists', () => {
    expect(wake({ drafts: { '1': { text: 'x', changedAt: start - 100, saved: false } } })).toBe(start + 200);
    expect(wake({ drafts: { '1': { text: 'x', changedAt: start, saved: true } } })).toBeNull();
    expect(wake({ typing: { 1: [{ author: agent, until: later }] } })).toBe(later);
  });

  it('wakes when a rate limit ends', () => {
    expect(wake({ link: limited })).toBe(start + 20_000);
    expect(wake({ link: { ...live, rateLimitedUntil: start } })).toBeNull();
  });

  it.each<[string, Partial<State>]>([
    ['what is under way', { sync: { ...sync, contact: { ...waiting, busy: true } } }],
    ['a message being sent', { outbox: { a: anEntry('a', { status: 'sending', dueAt: later }) } }],
    ['a failed message', { outbox: { a: anEntry('a', { status: 'failed', dueAt: later }) } }],
    ['a message that waits for something else', { outbox: { a: anEntry('a', { dueAt: start }) } }],
    ['a creation under way', { creations: { l: aCreation('l', { phase: 'creating', dueAt: later }) } }],
    ['a created conversation', { creations: { l: aCreation('l', { phase: 'created', dueAt: later }) } }],
    ['a creation that waits for something else', { creations: { l: aCreation('l', { dueAt: start }) } }],
    ['an identity that is told', { sync: { ...sync, identify: { ...waiting, bare: false } } }],
    [
      'an identity without a contact',
      {
        session: { ...untold, pubsubToken: null },
        sync: { ...sync, identify: { ...waiting, bare: false } },
      },
    ],
    [
      'the identity of somebody who is gone',
      { session: { ...untold, endedAt: start }, sync: { ...sync, identify: { ...waiting, bare: false } } },
    ],
    ['a list without a contact', { session: newSession, sync: { ...sync, list: { ...waiting, lastAt: 0 } } }],
  ])('does not wake for %s', (_, change) => {
    expect(wake(change)).toBeNull();
  });

  it.each<[string, Partial<State>]>([
    ['the inbox is missing', { link: { ...live, inboxMissing: true } }],
    ['nobody is let in', { session: { ...knownSession, refusal: { reason: 'signedOut', at: start } } }],
  ])('does not wake while %s for what is not asked for then', (_, change) => {
    const outbox = { a: anEntry('a', { dueAt: later }) };
    const waits = { ...sync, list: { ...waiting, lastAt: 0 }, gaps: { 1: gap } };
    expect(wake({ outbox, sync: waits, ...change })).toBeNull();
  });

  it('takes the earliest time, and never one in the past', () => {
    const contact = { ...waiting, dueAt: start - 9 };
    expect(wake({ sync: { ...sync, contact } })).toBe(start);
    const outbox = { a: anEntry('a', { dueAt: later }), b: anEntry('b', { dueAt: later + 1 }) };
    expect(wake({ outbox })).toBe(later);
  });
});

describe('a held cable', () => {
  const createdAt = start - 60_000;
  const preview = { ...awaited, createdAt };
  const conversations = { 1: aConversation(1, { preview }) };

  it('is looked after when it is to be let go', () => {
    expect(wake({ conversations })).toBe(createdAt + 600_000);
  });

  it('is looked after every 30 s while it is not live', () => {
    expect(wake({ conversations, session: { ...aState().session, polledAt: start }, link })).toBe(
      start + 30_000,
    );
  });

  it('is followed by asking', () => {
    const old = { 1: aConversation(1, { preview: { ...preview, createdAt: start - 600_000 } }) };
    expect(wake({ conversations: old, link })).toBe(start + 60_000);
  });
});
