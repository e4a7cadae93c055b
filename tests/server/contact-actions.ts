// Owns what happens to contacts: identity check, creation, update (contract §3.0, §3.2, §3.4).
// Must not know HTTP beyond the problems it throws.

import { identifierHash } from './inboxes';
import { invalid, serverError } from './problems';
import type { Contact, ContactInbox, Inbox, Json } from './records';
import type { World } from './world';

export type Params = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Blank and absent are the same to the server. Numbers are taken as text. */
function text(value: unknown): string | null {
  return value === undefined || value === null || String(value).trim() === '' ? null : String(value);
}

/**
 * Checks the identity pair where a hash is present or the inbox demands one; a failure is a plain 500 (§3.0).
 * Returns whether a hash was checked and right.
 */
export function checkIdentity(inbox: Inbox, params: Params): boolean {
  if (text(params.identifier_hash) === null && !inbox.hmacMandatory) return false;
  const expected = identifierHash(inbox.hmacToken, text(params.identifier) ?? '');
  if (params.identifier_hash !== expected) throw serverError();
  return true;
}

function validate(fields: Partial<Contact>): void {
  const faults: { attribute: string; message: string }[] = [];
  if (fields.name && [...fields.name].length > 255)
    faults.push({ attribute: 'name', message: 'Name is too long (maximum is 255 characters)' });
  if (fields.email && !/^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/.test(fields.email))
    faults.push({ attribute: 'email', message: 'Email Invalid email' });
  if (fields.phone_number && !/^\+[1-9]\d{1,14}$/.test(fields.phone_number))
    faults.push({ attribute: 'phone_number', message: 'Phone number should be in e164 format' });
  if (faults.length > 0) throw invalid(faults);
}

/** The fields among the parameters that are not blank. */
function givenFields(params: Params): Partial<Contact> {
  const [name, email, phone_number] = [text(params.name), text(params.email), text(params.phone_number)];
  return {
    ...(name && { name }),
    ...(email && { email: email.toLowerCase() }),
    ...(phone_number && { phone_number }),
  };
}

/** Creates a session, or returns the one with this source id unchanged; an existing contact is found by identifier, e-mail, phone (§3.2). */
export function createSession({ store }: World, inbox: Inbox, params: Params): ContactInbox {
  checkIdentity(inbox, params);
  if (params.source_id === '') throw serverError();
  const sourceId = text(params.source_id) ?? undefined;
  const known = store.findSession(inbox, sourceId);
  if (known !== undefined) return known;

  const identifier = text(params.identifier);
  const fields = givenFields(params);
  const find = (key: 'identifier' | 'email' | 'phone_number', value: string | null | undefined) =>
    value ? store.contacts.find((contact) => contact[key] === value) : undefined;
  let contact =
    find('identifier', identifier) ??
    find('email', fields.email) ??
    find('phone_number', fields.phone_number);
  if (contact === undefined) {
    validate(fields);
    const custom_attributes = isObject(params.custom_attributes) ? params.custom_attributes : {};
    contact = store.addContact({ ...fields, identifier, custom_attributes });
  }
  return store.addSession(inbox, contact, sourceId);
}

/** Updates a contact; blank values change nothing, custom attributes are merged, an identifier is ignored (§3.4). */
export function updateContact({ store }: World, contact: Contact, params: Params): void {
  const fields = givenFields(params);
  validate(fields);
  const added = isObject(params.custom_attributes) ? params.custom_attributes : {};
  const custom_attributes = { ...contact.custom_attributes, ...added };
  Object.assign(contact, fields, { custom_attributes, updated_at: store.now() });
}
