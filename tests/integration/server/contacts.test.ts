// @vitest-environment node
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identifierHash } from '../../server/records/inboxes';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, inboxUrl, newContact } from './support';

let server: CarbonChatServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const contacts = (identifier?: string) => `${inboxUrl(server, identifier)}/contacts`;
const proof = (identifier: string) => ({
  identifier,
  identifier_hash: identifierHash('strict-hmac-secret-demo', identifier),
});
const SERVER_ERROR = { status: 500, error: 'Internal Server Error' };

test('shows an inbox with its working hours and nothing about its numeric id', async () => {
  const { status, json } = await call(inboxUrl(server));
  expect(status).toBe(200);
  expect(Object.keys(json)).toEqual([
    'identifier',
    'identity_validation_enabled',
    'name',
    'timezone',
    'working_hours',
    'working_hours_enabled',
    'csat_survey_enabled',
    'greeting_enabled',
  ]);
  expect(json.identity_validation_enabled).toBe(false);
  expect(json.working_hours).toHaveLength(7);
  expect(json.working_hours[0]).toEqual({
    day_of_week: 0,
    closed_all_day: true,
    open_hour: null,
    open_minutes: null,
    close_hour: null,
    close_minutes: null,
    open_all_day: false,
  });
  expect(json.working_hours[1]).toMatchObject({ closed_all_day: false, open_hour: 9, close_hour: 17 });
  expect((await call(inboxUrl(server, 'strict-inbox-demo'))).json.identity_validation_enabled).toBe(true);
});

test('gives a contact without any field a uuid, a token and a made-up name', async () => {
  const { status, json } = await call(contacts(), 'POST', {});
  expect(status).toBe(200);
  expect(Object.keys(json)).toEqual(['source_id', 'pubsub_token', 'id', 'name', 'email', 'phone_number']);
  expect(json.source_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  expect(json.pubsub_token).toMatch(/^\w{24}$/);
  expect(json.name).toMatch(/^\w+-\w+-\d{3}$/);
  expect([json.email, json.phone_number]).toEqual([null, null]);
});

test('returns the same session unchanged when a source id is posted again', async () => {
  const first = await call(contacts(), 'POST', { source_id: 'chosen-1', name: 'Own Source' });
  const again = await call(contacts(), 'POST', { source_id: 'chosen-1', name: 'Different' });
  expect(first.json).toMatchObject({ source_id: 'chosen-1', name: 'Own Source' });
  expect(again.json).toEqual(first.json);
});

test('makes a new session for a contact that is found by e-mail, without updating it', async () => {
  const first = await newContact(server, { name: 'Mira', email: 'mira@reader.test' });
  const second = await call(contacts(), 'POST', { name: 'Someone Else', email: 'mira@reader.test' });
  expect(second.json).toMatchObject({ id: first.id, name: 'Mira' });
  expect(second.json.source_id).not.toBe(first.source_id);
  expect(second.json.pubsub_token).not.toBe(first.pubsub_token);
});

test.each([
  [{ email: 'not-an-email' }, 'Email Invalid email', ['email']],
  [{ phone_number: '0151 12345' }, 'Phone number should be in e164 format', ['phone_number']],
  [{ name: 'n'.repeat(256) }, 'Name is too long (maximum is 255 characters)', ['name']],
])('refuses %o with 422 when creating and when updating', async (fields, message, attributes) => {
  const created = await call(contacts(), 'POST', fields);
  expect([created.status, created.json]).toEqual([422, { message, attributes }]);
  expect(created.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const updated = await call((await newContact(server)).url, 'PATCH', fields);
  expect([updated.status, updated.json]).toEqual([422, { message, attributes }]);
});

test('takes a name of exactly 255 characters and a form-encoded body with a blank e-mail', async () => {
  expect((await call(contacts(), 'POST', { name: 'n'.repeat(255) })).status).toBe(200);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const { json } = await call(contacts(), 'POST', 'name=Form+Person&email=', form);
  expect(json).toMatchObject({ name: 'Form Person', email: null });
});

test('answers a source id it does not know, or knows in another inbox, with 404', async () => {
  const { source_id } = await newContact(server);
  for (const url of [`${contacts()}/nobody`, `${contacts('strict-inbox-demo')}/${source_id}`]) {
    const { status, json, headers } = await call(url);
    expect([status, json]).toEqual([404, { status: 404, error: 'Not Found' }]);
    expect(headers.get('content-type')).toBe('application/json; charset=UTF-8');
  }
});

test('answers 500 in the strict inbox when the hash is missing or wrong, on create, show and update', async () => {
  const strict = contacts('strict-inbox-demo');
  const { url } = await newContact(server, proof('user-1'), 'strict-inbox-demo');
  for (const answer of [
    await call(strict, 'POST', { name: 'Anon' }),
    await call(strict, 'POST', { identifier: 'user-1', identifier_hash: 'f'.repeat(64) }),
    await call(url),
    await call(url, 'PATCH', { name: 'No hash' }),
  ])
    expect([answer.status, answer.json]).toEqual([500, SERVER_ERROR]);
  const query = new URLSearchParams(proof('user-1'));
  expect((await call(`${url}?${query}`)).status).toBe(200);
});

test('checks a hash that is sent even where it is not demanded, and takes a number as text', async () => {
  const wrong = await call(contacts(), 'POST', { identifier: 'x', identifier_hash: 'bad' });
  expect([wrong.status, wrong.json]).toEqual([500, SERVER_ERROR]);
  const identifier_hash = identifierHash('plain-hmac-secret-demo', '42');
  expect((await call(contacts(), 'POST', { identifier: 42, identifier_hash })).status).toBe(200);
});

test('checks the hash of an identifier as it was sent, also of one that is nothing but a space', async () => {
  const proven = { identifier: ' ', identifier_hash: identifierHash('plain-hmac-secret-demo', ' ') };
  expect((await call(contacts(), 'POST', proven)).status).toBe(200);
  const ofNothing = { ...proven, identifier_hash: identifierHash('plain-hmac-secret-demo', '') };
  expect((await call(contacts(), 'POST', ofNothing)).json).toEqual(SERVER_ERROR);
});

test('verifies a session on show and update but not on create', async () => {
  const { url, source_id } = await newContact(server, proof('user-2'), 'strict-inbox-demo');
  const verified = () => server.store.sessions.find((one) => one.source_id === source_id)?.hmac_verified;
  expect(verified()).toBe(false);
  await call(url, 'PATCH', proof('user-2'));
  expect(verified()).toBe(true);
});

test('answers an update with the raw record, ignoring blanks and the identifier and merging attributes', async () => {
  const { url } = await newContact(server, { name: 'Mira', custom_attributes: { plan: 'gold', visits: 3 } });
  await call(url, 'PATCH', { custom_attributes: { visits: 4 } });
  const { json } = await call(url, 'PUT', { name: '', identifier: 'other', email: 'm@reader.test' });
  expect(Object.keys(json).sort()).toEqual([
    'account_id',
    'additional_attributes',
    'blocked',
    'company_id',
    'contact_type',
    'country_code',
    'created_at',
    'custom_attributes',
    'email',
    'id',
    'identifier',
    'label_list',
    'last_activity_at',
    'last_name',
    'location',
    'middle_name',
    'name',
    'phone_number',
    'updated_at',
  ]);
  expect(json).toMatchObject({
    name: 'Mira',
    email: 'm@reader.test',
    identifier: null,
    custom_attributes: { plan: 'gold', visits: 4 },
  });
  expect(json.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('merges attributes within attributes, and an update that changes nothing leaves its time alone', async () => {
  const { url } = await newContact(server, { custom_attributes: { a: { b: 1, c: [1] }, d: 1 } });
  const changed = await call(url, 'PATCH', { custom_attributes: { a: { c: [2] }, d: { e: 2 } } });
  expect(changed.json.custom_attributes).toEqual({ a: { b: 1, c: [2] }, d: { e: 2 } });
  const same = await call(url, 'PATCH', { name: ' ', email: '', identifier: 'other' });
  expect(same.json).toEqual(changed.json);
});
