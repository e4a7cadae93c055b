// Who is typing: shown until they stop, write, or are not heard of for 30 s.
import { expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { Author } from '@/lib/core/types';
import { agent, aMessage, aState, Bench, contact, start } from '../support/core-builders';

const bot: Author = { ...agent, kind: 'bot', name: 'Bot' };
const types = (author: Author, on = true, conversationId = 1): Event => ({
  type: 'frame.typing',
  conversationId,
  author,
  on,
  contactLastSeenAt: 0,
  agentLastSeenAt: 0,
});
const typists = (bench: Bench, id = 1) => bench.state.typing[id]?.map(({ author }) => author.name);

it('is shown once, and ends with the word "off"', () => {
  const bench = new Bench(aState()).run(types(agent), types(bot), types(agent));
  expect(typists(bench)).toEqual(['Bot', 'Grace']);
  expect(typists(bench.run(types(agent, false)))).toEqual(['Bot']);
  expect(bench.run(types(bot, false)).state.typing).toEqual({});
});

it('is shown of several of the same kind', () => {
  const bench = new Bench(aState()).run(types(agent), types({ ...agent, id: 4, name: 'Joan' }));
  expect(typists(bench)).toEqual(['Grace', 'Joan']);
});

it('belongs to one conversation', () => {
  const bench = new Bench(aState()).run(types(agent), types(agent, true, 2), types(agent, false));
  expect(Object.keys(bench.state.typing)).toEqual(['2']);
});

it('ends by itself after 30 s without news', () => {
  const bench = new Bench(aState()).run(types(agent)).wait(10_000).run(types(bot)).pass(19_999);
  expect(typists(bench)).toEqual(['Grace', 'Bot']);
  expect(typists(bench.pass(1))).toEqual(['Bot']);
  expect(bench.pass(10_000).state.typing).toEqual({});
});

it('ends with the message of the same author only', () => {
  const wrote = (author: Author, conversationId = 1): Event => ({
    type: 'frame.message',
    message: aMessage(10 + conversationId, { author, conversationId }),
  });
  const bench = new Bench(aState()).run(types(agent));
  const { typing } = bench.state;
  bench.run(wrote(bot), wrote({ ...contact, id: agent.id }), wrote({ ...agent, id: 99 }), wrote(agent, 2));
  expect(bench.state.typing).toBe(typing);
  expect(bench.run(wrote(agent)).state.typing).toEqual({});
});

it('lasts until a known time', () => {
  expect(new Bench(aState()).run(types(agent)).state.typing[1]?.[0]?.until).toBe(start + 30_000);
});

it('tells with it when either side looked last, and nothing of a conversation that is not known', () => {
  const news = { contactLastSeenAt: start + 9_000, agentLastSeenAt: start + 2_000 };
  const bench = new Bench(aState()).run({ ...types(agent), ...news } as Event);
  expect(bench.state.conversations[1]).toMatchObject(news);
  const { conversations } = bench.state;
  bench.run(types(agent), { ...types(agent, true, 9), ...news } as Event);
  expect(bench.state.conversations).toBe(conversations);
});
