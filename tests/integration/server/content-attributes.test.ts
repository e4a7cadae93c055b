// @vitest-environment node
// What an interactive message must be like when an agent or a bot writes it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, newConversation } from './support';

let server: CarbonChatServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const TOKEN = { api_access_token: 'grace-api-access-token-1' };
const LINK = { type: 'link', text: 'Open', uri: 'https://shop.test' };

async function write(content_type: string, content_attributes: unknown) {
  const { id } = await newConversation(server);
  const to = `${server.url}/api/v1/accounts/1/conversations/${id}/messages`;
  const answer = await call(to, 'POST', { content: 'Well?', content_type, content_attributes }, TOKEN);
  return { ...answer, written: (await server.agent.messages(id)).length };
}

test.each([
  ['input_select', { items: [{ title: 'A', value: 'a' }] }],
  ['cards', { items: [{ title: 'A', actions: [LINK, { type: 'postback', text: 'B', payload: 'b' }] }] }],
  ['form', { items: [{ name: 'a', type: 'text', pattern: '.', pattern_error: 'No' }], button_label: 'Go' }],
  ['article', { items: [{ title: 'A', description: 'a', link: 'https://shop.test' }] }],
  ['input_email', {}],
  ['sticker', { items: 'anything' }],
])('takes a message of the type %s', async (type, attributes) => {
  const { status, json } = await write(type, attributes);
  expect([status, json.content_type, json.content_attributes]).toEqual([200, type, attributes]);
});

test.each([
  ['input_select', {}, 'At least one item is required.'],
  ['input_select', { items: 'a' }, 'At least one item is required.'],
  ['article', { items: ['a'] }, 'Items should be a hash.'],
  ['input_select', { items: [{ title: 'A', id: 1, x: 2 }] }, 'contains invalid keys for items : [:id, :x]'],
  ['form', { items: [{ name: 'a', rows: 3 }] }, 'contains invalid keys for items : [:rows]'],
  ['cards', { items: [{ title: 'A' }] }, 'contains items missing actions'],
  ['cards', { items: [{ actions: [LINK] }, { actions: [] }] }, 'contains items missing actions'],
  ['cards', { items: [{ actions: [{ ...LINK, to: 'x' }] }] }, 'contains invalid keys for actions:  [:to]'],
])('refuses for the type %s the attributes %o', async (type, attributes, words) => {
  const { status, json, written } = await write(type, attributes);
  expect([status, json]).toEqual([422, { error: `Validation failed: Content attributes ${words}` }]);
  expect(written).toBe(0);
});

test.each(['nothing-like-it', 'constructor'])('refuses the content type %s', async (type) => {
  const { status, json, written } = await write(type, {});
  expect([status, json]).toEqual([422, { error: `'${type}' is not a valid content_type` }]);
  expect(written).toBe(0);
});
