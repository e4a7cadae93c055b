// @vitest-environment node
// Messages the server writes by itself, the rating with its page, and bots.
import { afterEach, expect, test } from 'vitest';
import { type CarbonChatServer, startServer } from '../../server/server';
import { createAgentClient } from '../../server/testing/agent-client';
import { call, newContact, newConversation, RawCable } from './support';

let server: CarbonChatServer;
const sockets: RawCable[] = [];
afterEach(async () => {
  for (const cable of sockets.splice(0)) cable.socket.terminate();
  await server.close();
});
const DAY = 86_400_000;
const NOON = DAY / 2;
const NOBODY = [{ name: 'Ada Admin', apiAccessToken: 'ada', autoOffline: true }];
const PLAIN = { identifier: 'inbox', name: 'Help', hmacToken: 'key' };
const start = async (inbox: object = {}) => {
  server = await startServer({ inboxes: [{ ...PLAIN, ...inbox }], agents: NOBODY });
};
/** Moves the clock on to a time of the day, tomorrow: what depends on the hour must not depend on when it is tested. */
const passTo = (timeOfDay: number) =>
  server.control.passTime({ ms: DAY - (server.store.now() % DAY) + timeOfDay });
async function listened() {
  const contact = await newContact(server, { name: 'Cass Sat' }, 'inbox');
  const cable = await new RawCable(server).subscribe(contact.pubsub_token);
  sockets.push(cable);
  const { json } = await call(`${contact.url}/conversations`, 'POST', {});
  const url = `${contact.url}/conversations/${json.id}`;
  return {
    contact,
    cable,
    id: json.id as number,
    uuid: json.uuid as string,
    url,
    say: (content = 'hi') => call(`${url}/messages`, 'POST', { content }),
    texts: async () => (await call(`${url}/messages`)).json.map((one: { content: string }) => one.content),
  };
}

test('greets the first message of a conversation, once, without a sender, and lets it wait on', async () => {
  await start({ greeting: 'Hello! Ask us anything.' });
  const { cable, url, say, texts, contact } = await listened();
  const { json } = await say();
  await say('anybody?');
  expect(await texts()).toEqual(['hi', 'Hello! Ask us anything.', 'anybody?']);
  expect((await call(`${url}/messages`)).json[1]).toEqual({
    id: json.id + 1,
    content: 'Hello! Ask us anything.',
    message_type: 3,
    content_type: 'text',
    content_attributes: {},
    created_at: expect.any(Number),
    conversation_id: json.conversation_id,
  });
  const greeting = await cable.event('message.created', 2);
  expect(greeting).toMatchObject({ message_type: 3, sender_type: null, sender_id: null });
  expect(greeting).not.toHaveProperty('sender');
  expect(greeting).not.toHaveProperty('performer');
  await cable.settle(contact.pubsub_token);
  expect(cable.events()).not.toContain('conversation.updated');
});

test('does not greet where an agent spoke first', async () => {
  await start({ greeting: 'Hello!' });
  const { id, say, texts } = await listened();
  await server.agent.reply(id, 'How can I help?');
  await say();
  expect(await texts()).toEqual(['How can I help?', 'hi']);
});

const ALWAYS_CLOSED = [0, 1, 2, 3, 4, 5, 6].map((day_of_week) => ({
  day_of_week,
  closed_all_day: true,
  open_hour: null,
  open_minutes: null,
  close_hour: null,
  close_minutes: null,
  open_all_day: false,
}));

test('says that nobody is there instead of greeting, once a day, and not while an agent answers', async () => {
  await start({
    greeting: 'Hello!',
    outOfOffice: 'We are out.',
    workingHoursEnabled: true,
    workingHours: ALWAYS_CLOSED,
  });
  passTo(NOON);
  const { id, say, texts } = await listened();
  await say('one');
  await say('two');
  server.control.passTime({ ms: DAY });
  await server.agent.reply(id, 'Here I am');
  await say('three');
  server.control.passTime({ ms: DAY });
  await say('four');
  expect(await texts()).toEqual(['one', 'We are out.', 'two', 'Here I am', 'three', 'four', 'We are out.']);
});

const ALWAYS_OPEN = ALWAYS_CLOSED.map((day) => ({ ...day, closed_all_day: false, open_all_day: true }));

test.each([
  ['disabled hours', { workingHoursEnabled: false, workingHours: ALWAYS_CLOSED }],
  [
    'a day that is open throughout',
    {
      workingHoursEnabled: true,
      workingHours: ALWAYS_OPEN,
    },
  ],
])('is not out of office at noon with %s', async (_what, hours) => {
  await start({ outOfOffice: 'We are out.', ...hours });
  passTo(NOON);
  const { say, texts } = await listened();
  await say();
  expect(await texts()).toEqual(['hi']);
});

test('is out of office in the last minute of a day that is open throughout', async () => {
  await start({ outOfOffice: 'We are out.', workingHoursEnabled: true, workingHours: ALWAYS_OPEN });
  passTo(DAY - 30_000);
  const { say, texts } = await listened();
  await say();
  expect(await texts()).toEqual(['hi', 'We are out.']);
});

test('asks for a rating once, after the two frames of the first resolving, by whomever', async () => {
  await start({ csatSurvey: true });
  const { cable, contact, id, say, texts, url } = await listened();
  await say();
  await call(`${url}/toggle_status`, 'POST');
  const survey = await cable.event('message.created', 2);
  expect(cable.events().slice(-3)).toEqual([
    'conversation.status_changed',
    'conversation.updated',
    'message.created',
  ]);
  expect(survey).toMatchObject({
    content: 'Please rate the conversation',
    content_type: 'input_csat',
    content_attributes: { display_type: 'emoji' },
    message_type: 3,
  });
  await say('again');
  await server.agent.resolve(id);
  await cable.settle(contact.pubsub_token);
  expect(await texts()).toEqual(['hi', 'Please rate the conversation', 'again']);
});

test('locks the rating after 14 days, by days of the calendar', async () => {
  await start({ csatSurvey: true });
  const { id, url } = await listened();
  const { id: messageId } = await server.agent.askRating(id, 'Rate us');
  const rate = () =>
    call(`${url}/messages/${messageId}`, 'PATCH', {
      submitted_values: { csat_survey_response: { rating: 4 } },
    });
  server.control.moveMessage({ messageId, days: 14 });
  expect((await rate()).status).toBe(200);
  server.control.moveMessage({ messageId, days: 1 });
  const { status, json } = await rate();
  expect([status, json]).toEqual([422, { error: 'You cannot update the CSAT survey after 14 days' }]);
});

test('shows and takes the rating by the uuid of the conversation, the answer one step behind', async () => {
  await start({ csatSurvey: true });
  const { cable, contact, id, uuid } = await listened();
  const page = `${server.url}/public/api/v1/csat_survey/${uuid}`;
  expect((await call(page)).status).toBe(404);
  await server.agent.resolve(id);
  const survey = await cable.event('message.created');
  const empty = {
    id: survey.id,
    csat_survey_response: null,
    display_type: 'emoji',
    content: 'Please rate the conversation',
    inbox_avatar_url: '',
    inbox_name: 'Help',
    locale: 'en',
    conversation_id: expect.any(Number),
    created_at: expect.stringMatching(/Z$/),
  };
  const { json } = await call(page);
  expect(json).toEqual(empty);
  expect(json.conversation_id).not.toBe(id);
  const rate = (rating: unknown, feedback_message: string) =>
    call(page, 'PATCH', {
      message: { submitted_values: { csat_survey_response: { rating, feedback_message } } },
    });
  expect((await rate(5, 'great')).json).toEqual(empty);
  expect(await cable.event('message.updated')).toMatchObject({
    content_attributes: { submitted_values: { csat_survey_response: { rating: 5 } } },
  });
  const rated = (await call(page)).json.csat_survey_response;
  expect(rated).toMatchObject({
    conversation_id: json.conversation_id,
    message_id: survey.id,
    contact_id: contact.id,
    rating: 5,
    feedback_message: 'great',
    assigned_agent_id: null,
    csat_review_notes: null,
  });
  await rate(9, 'out of range');
  expect((await call(page)).json.csat_survey_response).toEqual(rated);
  await rate(2, 'changed');
  expect((await call(page)).json.csat_survey_response).toMatchObject({ id: rated.id, rating: 2 });
  expect((await call(`${page}x`)).status).toBe(404);
});

test('takes a rating that is sent as text', async () => {
  await start({ csatSurvey: true });
  const { id, uuid, url } = await listened();
  const { id: messageId } = await server.agent.askRating(id, 'Rate us');
  const form = 'submitted_values[csat_survey_response][rating]=4';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await call(`${url}/messages/${messageId}`, 'PATCH', form, headers)).status).toBe(200);
  const { json } = await call(`${server.url}/public/api/v1/csat_survey/${uuid}`);
  expect(json.csat_survey_response).toMatchObject({
    message_id: messageId,
    rating: 4,
    feedback_message: null,
  });
});

test('keeps a rating for each question, of which the page shows the first', async () => {
  await start({ csatSurvey: true });
  const { id, uuid, url } = await listened();
  const page = async () => (await call(`${server.url}/public/api/v1/csat_survey/${uuid}`)).json;
  const [first, second] = [
    await server.agent.askRating(id, 'One?'),
    await server.agent.askRating(id, 'Two?'),
  ];
  const rate = (messageId: number, rating: number) =>
    call(`${url}/messages/${messageId}`, 'PATCH', { submitted_values: { csat_survey_response: { rating } } });
  await rate(second.id, 2);
  expect(await page()).toMatchObject({ id: first.id, csat_survey_response: null });
  await rate(first.id, 5);
  await rate(second.id, 1);
  expect((await page()).csat_survey_response).toMatchObject({ message_id: first.id, rating: 5 });
});

test('lets a bot take a conversation first, answer without a first reply, and hand it over', async () => {
  await start({ bot: { name: 'Helper Bot', apiAccessToken: 'bot' } });
  const { cable, id, say, url } = await listened();
  const bot = createAgentClient(() => server.url, 1, 'bot');
  expect((await cable.event('conversation.created')).status).toBe('pending');
  await say('hello bot');
  const sender = { id: 1, name: 'Helper Bot', avatar_url: '', type: 'agent_bot' };
  await bot.typing(id, 'on');
  expect(await cable.event('conversation.typing_on')).toMatchObject({ user: sender, performer: sender });
  const answer = await bot.reply(id, 'I am a bot');
  expect(answer).toMatchObject({ sender });
  const data = await cable.event('message.created', 2);
  expect(data).toMatchObject({ sender_type: 'AgentBot', sender_id: 1, sender, performer: sender });
  expect(await bot.open(id)).toEqual({
    payload: { success: null, conversation_id: id, current_status: 'open', snoozed_until: null },
  });
  await cable.event('conversation.updated', 3);
  expect(cable.events().slice(1)).toEqual([
    'conversation.created',
    'message.created',
    'conversation.typing_on',
    'message.created',
    'conversation.updated',
    'conversation.updated',
    'conversation.status_changed',
    'conversation.updated',
  ]);
  expect(await cable.event('conversation.updated')).toMatchObject({
    status: 'pending',
    waiting_since: 0,
    first_reply_created_at: null,
  });
  const waiting = await cable.event('conversation.updated', 2);
  expect([waiting.status, waiting.waiting_since > 0]).toEqual(['pending', true]);
  expect((await server.agent.messages(id)).at(-1)?.content).toBe('Conversation was reopened by Helper Bot');
  await server.agent.resolve(id);
  await say('back to the bot');
  expect((await call(url)).json.status).toBe('pending');
});

test('lets a bot do no more than speak, type and set the status', async () => {
  await start({ bot: { name: 'Helper Bot', apiAccessToken: 'bot' } });
  const { id } = await newConversation(server, {}, 'inbox');
  const bot = createAgentClient(() => server.url, 1, 'bot');
  for (const refused of [() => bot.conversations(), () => bot.messages(id), () => bot.mute(id)])
    await expect(refused()).rejects.toThrow(
      '401: {"error":"Access to this endpoint is not authorized for bots"}',
    );
});
