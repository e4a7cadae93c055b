// The message history is gone, or cannot be read: nothing counts as known any more, and everything is read again.
import { expect, it } from 'vitest';
import { initialState, type State, unheardInbox } from '@/lib/core/state';
import { update } from '@/lib/core/update';
import { aConversation, aMessage, newSession, start, timings } from '../support/core-builders';

const surroundings = { at: start, fraction: 0.5, timings, loaded: { messages: {}, page: null } };

function lost(change: Partial<State> = {}, token: string | null = 'token') {
  const session = { ...newSession, pubsubToken: token, listEtag: 'W/"1"' };
  const nothing = { outbox: {}, creations: {}, drafts: {}, inbox: unheardInbox };
  const persisted = { session, conversations: { 1: aConversation(1) }, syncedTo: { 1: 9 }, ...nothing };
  const state = { ...initialState(persisted, start), ...change };
  return update(state, { type: 'history.lost' }, surroundings);
}

it('takes nothing for known without holes, and asks for the whole list', () => {
  const { state, effects } = lost();
  expect([state.syncedTo, state.session.listEtag]).toEqual([{}, null]);
  expect(state.conversations).toEqual({ 1: aConversation(1) });
  expect(effects).toContainEqual({ type: 'http.listConversations', etag: null });
});

it('stores what is open again, and leaves the windows as they are', () => {
  const messages = [aMessage(8), aMessage(9)];
  const windows = { 1: { messages, hasOlder: true, loadingOlder: false } };
  const views = { v: { viewId: 'v', windowId: 1, conversationKey: '1', seenUpTo: null, visible: false } };
  const result = lost({ windows, views });
  expect(result.messages).toEqual(messages);
  expect(result.state.windows).toBe(windows);
});

it('asks for nothing where the server knows no contact yet', () => {
  const { state, effects } = lost({}, null);
  expect([effects, state.sync.list.wanted]).toEqual([[], false]);
});
