import { beforeEach, describe, expect, it } from 'vitest';
import type { Panel } from '@/lib/panel/panel';
import { linkedKey } from '@/lib/panel/route-model';
import { goBack, goForward } from '@/lib/panel/way';
import { FakeBackground } from './fake-background';
import { conversation, snapshot } from './fixtures';

let background: FakeBackground;
let panel: Panel;
const listed = snapshot({ conversations: [conversation(1), conversation(2)] });
const where = () => panel.thread.key.value ?? panel.route.route.value.name;

beforeEach(async () => {
  background = new FakeBackground();
  panel = await background.panel();
  background.snapshot(listed);
});

describe('the way through the panel', () => {
  it('leads back to the list, and forward to where one came back from', () => {
    goForward(panel);
    expect(where()).toBe('list');
    panel.openConversation('2');
    goForward(panel);
    expect(where()).toBe('2');
    goBack(panel);
    expect([where(), panel.route.cameFrom.value, background.remembered]).toEqual(['list', '2', null]);
    goBack(panel);
    goForward(panel);
    expect([where(), background.remembered]).toEqual(['2', '2']);
    goBack(panel);
    panel.openDetails();
    goBack(panel);
    expect(panel.route.cameFrom.value).toBe('details');
    goForward(panel);
    expect(where()).toBe('details');
  });

  it('has the list behind every conversation, also where one led to the other or was there after a reload', async () => {
    panel.openConversation('1');
    panel.openConversation('2');
    panel.startAnew('2');
    goBack(panel);
    expect(where()).toBe('list');
    background.remembered = '2';
    panel = await background.panel();
    expect(where()).toBe('2');
    goBack(panel);
    expect(where()).toBe('list');
  });

  it('forgets what was ahead when something else is opened', () => {
    panel.openConversation('1');
    goBack(panel);
    panel.openConversation('2');
    goForward(panel);
    expect(where()).toBe('2');
  });

  it('does not lead to a conversation that is gone', () => {
    panel.openConversation('1');
    goBack(panel);
    background.patch({ type: 'conversation.removed', conversationId: 1 });
    goForward(panel);
    expect(where()).toBe('list');
  });

  it('leads to a conversation that has no id yet, and to the one that it has become', () => {
    panel.newConversation();
    const local = where();
    goBack(panel);
    goForward(panel);
    expect(where()).toBe(local);
    goBack(panel);
    background.patch(
      { type: 'conversation.changed', conversation: conversation(8) },
      { type: 'conversation.mapped', localConversationId: local, conversationId: 8 },
    );
    expect(background.remembered).toBeNull();
    goForward(panel);
    expect([where(), background.remembered]).toEqual(['8', '8']);
  });

  it('leads from the list of before the sign-in to one’s own', () => {
    goBack(panel);
    expect(background.shownSessions).toEqual([]);
    background.patch({
      type: 'past.changed',
      past: { role: 'earlier', earlier: null, ownSessionId: 'own' },
    });
    panel.openConversation('1');
    goBack(panel);
    expect(background.shownSessions).toEqual([]);
    goBack(panel);
    expect(background.shownSessions).toEqual([null]);
  });
});

describe('a link in the address of the panel', () => {
  it.each([
    ['#/conversation/7', '7'],
    ['#/conversation/00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000001'],
    ['', null],
    ['#/conversation/', null],
    ['#/conversation/7/', null],
    ['#/conversation/-7', null],
    ['#/conversation/1234567890123456', null],
    ['#/conversation/7?x', null],
    ['#x/conversation/7', null],
    ['#/options', null],
  ])('%s leads to %s', (hash, key) => {
    expect(linkedKey(hash)).toBe(key);
  });
});
