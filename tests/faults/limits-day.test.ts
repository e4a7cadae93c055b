// Every limit of the server and the network for a whole day: bounded requests, the right words, nothing lost or twice.
import { describe, expect, it } from 'vitest';
import { deleteContact } from '../server/actions/contact-ends';
import { deleteConversation } from '../server/actions/conversation-actions';
import type { FakeInstallation } from '../support/fake-installation';
import { type Answer, type Day, liveThrough, type Trouble } from './limits-day';
import { scaled } from './plan-scale';

const hours = scaled(3, 24);

const html = '<!doctype html><title>Sign in to the hotel network</title>';
const page = (status: number) => async () =>
  new Response(html, { status, headers: { 'content-type': 'text/html' } });
const plain = (status: number, text: string) => async () => new Response(text, { status });
const json = (status: number, body: object) => async () => Response.json(body, { status });
const unreachable = async () => {
  throw new TypeError('Failed to fetch');
};
const whole = (day: Day) => [...day.server.texts].sort();
const most = (day: Day) => Math.max(...day.hours.slice(1).map(({ length }) => length));
const own = (server: FakeInstallation) => server.store.conversations.at(-1);

describe(`for ${hours} hours`, () => {
  it.each<[string, Trouble, { link: string; watched: number; later: number }]>([
    [
      '429',
      { answer: () => plain(429, 'Retry later\n'), cable: 'refused' },
      { link: 'rateLimited', watched: 240, later: 30 },
    ],
    [
      '500',
      { answer: () => plain(500, ''), cable: 'refused' },
      { link: 'reconnecting', watched: 260, later: 20 },
    ],
    [
      '500 beside a live cable',
      { answer: () => plain(500, '') },
      { link: 'silent', watched: 260, later: 60 },
    ],
    [
      'a captive portal',
      { answer: () => page(200), cable: 'refused' },
      { link: 'reconnecting', watched: 260, later: 20 },
    ],
    [
      'a broken certificate',
      { answer: () => unreachable, cable: 'refused' },
      { link: 'reconnecting', watched: 260, later: 20 },
    ],
    ['403', { answer: () => page(403), cable: 'refused' }, { link: 'reconnecting', watched: 260, later: 20 }],
    [
      'an inbox that is not there',
      { answer: () => json(404, { status: 404, error: 'Not Found' }), cable: 'silent' },
      { link: 'inboxMissing', watched: 12, later: 4 },
    ],
  ])(
    '%s: few requests, the person is told, and then all is sent once',
    async (_name, trouble, expected) => {
      const day = await liveThrough(trouble, hours);
      expect(day.links).toContain(expected.link);
      expect(day.hours[0]?.length).toBeLessThanOrEqual(expected.watched);
      expect(most(day)).toBeLessThanOrEqual(expected.later);
      expect(Math.max(...day.sockets)).toBeLessThanOrEqual(800);
      expect(whole(day)).toEqual(['before', 'elsewhere', 'meanwhile']);
      expect(day.outbox).toEqual([]);
    },
    60_000,
  );
});

describe('a message', () => {
  /** A day on which only messages are refused; how often one was posted. */
  async function refused(answer: Answer): Promise<{ day: Day; posts: number }> {
    let posts = 0;
    const onlyMessages =
      (real: Answer): Answer =>
      (url, init) => {
        if (init.method !== 'POST' || !url.endsWith('/messages')) return real(url, init);
        posts += 1;
        return answer(url, init);
      };
    const day = await liveThrough({ answer: onlyMessages }, hours);
    return { day, posts };
  }

  it('that is too large for something on the way (413) is posted once, and kept as not sent', async () => {
    const { day, posts } = await refused(page(413));
    expect(posts).toBe(2);
    expect(day.outbox).toEqual([
      { text: 'meanwhile', status: 'failed', failure: 'tooLarge' },
      { text: 'elsewhere', status: 'failed', failure: 'tooLarge' },
    ]);
  }, 60_000);

  it('that is one too many (422) waits, and is sent when that is over', async () => {
    const { day, posts } = await refused(json(422, { message: 'Too many messages', attributes: ['base'] }));
    expect(posts).toBeLessThanOrEqual(hours * 2 * 65);
    expect(day.links).toContain('rateLimited');
    expect(whole(day)).toEqual(['before', 'elsewhere', 'meanwhile']);
  }, 60_000);

  it('that the server always fails to store (500) is given up after twelve attempts, and kept', async () => {
    const { day, posts } = await refused(plain(500, ''));
    expect(posts).toBeLessThanOrEqual(24);
    expect(day.outbox.every(({ status }) => status === 'failed')).toBe(true);
    expect(day.outbox.map(({ text }) => text)).toEqual(['meanwhile', 'elsewhere']);
  }, 60_000);
});

describe('a deletion by an agent', () => {
  it('of the conversation keeps what was written there as not sent, and sends the rest', async () => {
    const begin = (server: FakeInstallation) => {
      const conversation = own(server);
      if (conversation) deleteConversation(server.world, conversation);
    };
    const day = await liveThrough({ begin }, hours);
    expect(whole(day)).toEqual(['elsewhere']);
    expect(day.outbox).toEqual([{ text: 'meanwhile', status: 'failed', failure: 'gone' }]);
    expect(day.hours[0]?.filter((call) => call === 'POST messages')).toHaveLength(2);
    expect(most(day)).toBeLessThanOrEqual(20);
  }, 60_000);

  it('of the contact begins anew for what begins a conversation, and keeps the rest as not sent', async () => {
    const begin = ({ store, world }: FakeInstallation) => {
      const [contact] = store.contacts;
      const [agent] = world.agents;
      // The server deletes nobody who is online.
      store.contactsSeen.clear();
      if (contact && agent) deleteContact(world, contact, agent);
    };
    const day = await liveThrough({ begin }, hours);
    expect(whole(day)).toEqual(['elsewhere']);
    expect(day.outbox).toEqual([{ text: 'meanwhile', status: 'failed', failure: 'gone' }]);
    expect(day.server.store.sessions).toHaveLength(1);
    expect(day.hours[0]?.length).toBeLessThanOrEqual(20);
    expect(most(day)).toBeLessThanOrEqual(20);
  }, 60_000);
});
