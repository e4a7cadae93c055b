// Who asks at a site once its page has said who is there.
import { describe, expect, it } from 'vitest';
import { type Asking, type FormerSession, isKept, keptFor, toldAt, whoAsks } from '@/lib/core/asking';
import type { Identity, Session } from '@/lib/core/types';
import { ada, knownSession, newSession, start } from '../support/core-builders';

const ben: Identity = { ...ada, identifier: 'ben', hash: 'b'.repeat(64) };
const anonymous: Session = { ...knownSession, id: 'anonymous' };
const as = (identity: Identity, fields: Partial<Session> = {}): Session => ({
  ...knownSession,
  id: identity.identifier,
  identity,
  proven: identity.hash !== null,
  ...fields,
});
const former = (sessionId: string, fields: Partial<FormerSession> = {}): FormerSession => ({
  sessionId,
  endedAt: start,
  of: null,
  ...fields,
});

function ask(own: Session, said: Identity | null, fields: Partial<Asking> = {}) {
  return whoAsks({
    sessions: { own: own.id, earlier: null, former: [] },
    own,
    isBlank: false,
    isUnheardOf: false,
    formers: [],
    said,
    newId: 'new',
    at: start,
    ...fields,
  });
}

describe('nobody', () => {
  it('where nobody was changes nothing', () => {
    expect(ask(anonymous, null)).toEqual({ kind: 'nothing' });
  });

  it('where somebody was is a session of its own, and what they wrote before they signed in goes with them', () => {
    const sessions = { own: 'ada', earlier: 'anonymous', former: [] };
    expect(ask(as(ada), null, { sessions })).toEqual({
      kind: 'changes',
      resumed: false,
      sessions: { own: 'new', earlier: null, former: [former('ada'), former('anonymous', { of: 'ada' })] },
    });
  });
});

describe('somebody', () => {
  it('who is asking already is named, whatever else is said of them', () => {
    expect(ask(as(ada), { ...ada, name: 'Countess' })).toEqual({ kind: 'named' });
  });

  it('where nobody was before takes over a session that the server has never heard of', () => {
    expect(ask(newSession, ada, { isUnheardOf: true, isBlank: true })).toEqual({ kind: 'named' });
  });

  it('takes over no session of somebody else, although the server has not heard of it', () => {
    expect(ask(as(ada), ben, { isUnheardOf: true })).toMatchObject({
      sessions: { own: 'new', former: [former('ada')] },
    });
  });

  it('where somebody wrote before leaves that as the earlier one', () => {
    expect(ask(anonymous, ada)).toMatchObject({ sessions: { own: 'new', earlier: 'anonymous', former: [] } });
  });

  it('where nothing was written before leaves nothing', () => {
    expect(ask(anonymous, ada, { isBlank: true })).toMatchObject({
      sessions: { own: 'new', earlier: null, former: [former('anonymous')] },
    });
  });

  it('else is somebody else, who sees nothing of the one before', () => {
    const sessions = { own: 'ada', earlier: 'anonymous', former: [] };
    expect(ask(as(ada), ben, { sessions })).toMatchObject({
      sessions: { own: 'new', earlier: null, former: [former('ada'), former('anonymous', { of: 'ada' })] },
    });
  });

  it.each([
    ['another hash', { ...ada, hash: 'c'.repeat(64) }],
    ['no hash', { ...ada, hash: null }],
    ['the same hash of another identifier', { ...ben, hash: ada.hash }],
  ])('with %s is not the same person', (_, said) => {
    expect(ask(as(ada), said)).toMatchObject({ kind: 'changes', resumed: false });
  });
});

describe('somebody who comes back', () => {
  const sessions = { own: 'ben', earlier: null, former: [former('ada'), former('past', { of: 'ada' })] };

  it('with the same hash gets their own session, and what they wrote before', () => {
    expect(ask(as(ben), ada, { sessions, formers: [as(ada)] })).toEqual({
      kind: 'changes',
      resumed: true,
      sessions: { own: 'ada', earlier: 'past', former: [former('ben')] },
    });
  });

  it('where nobody was gets it too, although the server has not heard of that', () => {
    const own = { own: 'session', earlier: null, former: [former('ada')] };
    const fields = { sessions: own, formers: [as(ada)], isUnheardOf: true, isBlank: true };
    expect(ask(newSession, ada, fields)).toMatchObject({ kind: 'changes', sessions: { own: 'ada' } });
  });

  it('where something was written meanwhile sees that beside their own', () => {
    const own = { own: 'anonymous', earlier: null, former: sessions.former };
    expect(ask(anonymous, ada, { sessions: own, formers: [as(ada)] })).toMatchObject({
      sessions: { own: 'ada', earlier: 'anonymous', former: [former('past')] },
    });
  });

  it.each<[string, Session, Identity, number]>([
    ['was never proven', as({ ...ada, hash: null }), { ...ada, hash: null }, start],
    ['was not confirmed by the server', as(ada, { proven: false }), ada, start],
    ['has another hash', as(ada), { ...ada, hash: 'c'.repeat(64) }, start],
    ['comes too late', as(ada), ada, start + keptFor],
  ])('but %s begins anew', (_, session, said, at) => {
    expect(ask(as(ben), said, { sessions, formers: [session], at })).toMatchObject({
      resumed: false,
      sessions: { own: 'new', earlier: null, former: [...sessions.former, former('ben', { endedAt: at })] },
    });
  });

  it('but whose session cannot be read begins anew', () => {
    expect(ask(as(ben), ada, { sessions, formers: [] })).toMatchObject({ resumed: false });
  });
});

describe('a former session', () => {
  it('is kept for words of one who has proven who they are, for a week', () => {
    expect(isKept(former('ada'), as(ada), true, start + keptFor - 1)).toBe(true);
    expect(isKept(former('ada'), as(ada), true, start + keptFor)).toBe(false);
    expect(isKept(former('ada'), as(ada), false, start)).toBe(false);
    expect(isKept(former('ada'), as(ada, { proven: false }), true, start)).toBe(false);
    expect(isKept(former('past', { of: 'ada' }), null, true, start)).toBe(false);
  });
});

describe('the server', () => {
  it('is told of a change of user after half a second, and of many ever later', () => {
    expect(toldAt([], start)).toBe(start + 500);
    const changes = (count: number) => Array.from({ length: count }, () => start);
    expect([3, 4, 5, 30].map((count) => toldAt(changes(count), start) - start)).toEqual([
      500, 1_000, 2_000, 60_000,
    ]);
    expect(toldAt(changes(30), start + 300_000)).toBe(start + 300_500);
    // The clock was set back.
    expect(toldAt(changes(30), start - 1)).toBe(start + 499);
  });
});
