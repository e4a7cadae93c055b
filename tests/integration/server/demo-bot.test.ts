// The demo's bot over real sockets: what the customer hears from it, and when it leaves the conversation to a person.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDemoBot } from '../../server/demo/demo-bot';
import { DEMO_AGENTS, DEMO_INBOXES } from '../../server/demo/demo-inboxes';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, newConversation, RawCable } from './support';

let server: CarbonChatServer;
let bot: ReturnType<typeof startDemoBot>;
beforeEach(async () => {
  server = await startServer();
  bot = startDemoBot({
    url: server.url,
    accountId: 1,
    agentToken: DEMO_AGENTS[0]?.apiAccessToken ?? '',
    botToken: DEMO_INBOXES.find((inbox) => inbox.bot)?.bot?.apiAccessToken ?? '',
    lookEvery: 10,
  });
});
afterEach(async () => {
  await bot.stop();
  await server.close();
});

/** A customer with a conversation in that inbox, listening. */
async function customer(identifier = 'bot-inbox-demo') {
  const { contact, id, url } = await newConversation(server, {}, identifier);
  const cable = await new RawCable(server).subscribe(contact.pubsub_token);
  const heard = () =>
    cable.frames.flatMap(({ message }) =>
      message?.event === 'message.created' && message.data.message_type === 1 ? [message.data] : [],
    );
  return {
    id,
    url,
    say: (content: string) => call(`${url}/messages`, 'POST', { content }),
    /** The n-th message that is not the customer's own. */
    hears: async (n: number) => {
      await cable.until(() => heard().length >= n);
      return heard()[n - 1];
    },
    status: async () => (await server.agent.conversation(id)).status,
    /** Resolves when the conversation is told to be open. */
    isOpened: () =>
      cable.until(() =>
        cable.frames.some(
          ({ message }) => message?.event === 'conversation.updated' && message.data.status === 'open',
        ),
      ),
  };
}

test('greets the first message with a choice, under its own name', async () => {
  const person = await customer();
  expect(await person.status()).toBe('pending');
  await person.say('Good morning');
  const greeting = await person.hears(1);
  expect(greeting.content_type).toBe('input_select');
  expect(greeting.sender.type).toBe('agent_bot');
  expect(greeting.content_attributes.items).toContainEqual({ title: 'Human please', value: 'human' });
});

test('explains itself when it does not understand, and hands over on "Human please"', async () => {
  const person = await customer();
  await person.say('Good morning');
  await person.hears(1);
  await person.say('What is the weather?');
  expect((await person.hears(2)).content).toContain('Human please');
  await person.say('human please');
  expect((await person.hears(3)).content).toBe('A person will answer you here.');
  await person.isOpened();
  expect(await person.status()).toBe('open');
});

test('hears a choice that was made in its question', async () => {
  const person = await customer();
  await person.say('Good morning');
  const { id } = await person.hears(1);
  const choose = (title: string, value: string) =>
    call(`${person.url}/messages/${id}`, 'PATCH', { submitted_values: [{ title, value }] });
  await choose('Where are my invoices?', 'invoices');
  expect((await person.hears(2)).content).toContain('Under Invoices');
  await choose('Human please', 'human');
  expect((await person.hears(3)).content).toBe('A person will answer you here.');
});

test('leaves conversations alone that a person has', async () => {
  const other = await customer('plain-inbox-demo');
  await other.say('Good morning');
  const person = await customer();
  await person.say('Good morning');
  await person.hears(1);
  const messages = await server.agent.messages(other.id);
  expect(messages.filter(({ message_type }) => message_type === 1)).toEqual([]);
});
