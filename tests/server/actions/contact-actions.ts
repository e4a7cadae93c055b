// Owns how contacts begin and change: identity check, creation, update (contract §3.0, §3.2, §3.4).
// Must not know HTTP beyond the problems it throws.

import { identifierHash } from '../records/inboxes';
import { deepMerge, isObject, scalar } from '../records/json';
import type { Agent, Contact, ContactInbox, Inbox, Json } from '../records/records';
import type { World } from '../world';
import { lookForAvatar } from './avatar-job';
import { mergeContacts } from './contact-ends';
import { tellOfContact } from './contact-events';
import { invalid, serverError } from './problems';

/** Blank and absent are the same to the server. Numbers are taken as text. */
function text(value: unknown): string | null {
  const given = scalar(value);
  return given === null || given.trim() === '' ? null : given;
}

/**
 * Checks the identity pair where a hash is present or the inbox demands one; a failure is a plain 500 (§3.0).
 * Returns whether a hash was checked and right.
 */
export function checkIdentity(inbox: Inbox, params: Json): boolean {
  if (text(params.identifier_hash) === null && !inbox.hmacMandatory) return false;
  const expected = identifierHash(inbox.hmacToken, scalar(params.identifier) ?? '');
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
function givenFields(params: Json): Partial<Contact> {
  const [name, email, phone_number] = [text(params.name), text(params.email), text(params.phone_number)];
  return {
    ...(name && { name }),
    ...(email && { email: email.toLowerCase() }),
    ...(phone_number && { phone_number }),
  };
}

/** Creates a session, or returns the one with this source id unchanged; an existing contact is found by identifier, e-mail, phone (§3.2). */
export function createSession(world: World, inbox: Inbox, params: Json): ContactInbox {
  const { store } = world;
  checkIdentity(inbox, params);
  if (params.source_id === '') throw serverError();
  const sourceId = text(params.source_id) ?? undefined;
  const known = store.findSession(inbox, sourceId);
  if (known !== undefined) return known;

  const identifier = text(params.identifier);
  const fields = givenFields(params);
  const contact =
    owner(world, 'identifier', identifier) ??
    owner(world, 'email', fields.email) ??
    owner(world, 'phone_number', fields.phone_number);
  if (contact !== undefined) return store.addSession(inbox, contact, sourceId);

  validate(fields);
  const custom_attributes = isObject(params.custom_attributes) ? params.custom_attributes : {};
  const created = store.addContact({ ...fields, identifier, custom_attributes });
  lookForAvatar(store, created);
  tellOfContact(world, 'contact.created', created, null);
  return store.addSession(inbox, created, sourceId);
}

function owner({ store }: World, key: 'identifier' | 'email' | 'phone_number', value?: string | null) {
  return value ? store.contacts.find((contact) => contact[key] === value) : undefined;
}

function refuseTaken(world: World, contact: Contact, fields: Partial<Contact>): void {
  const labels = { email: 'Email', phone_number: 'Phone number' };
  const taken = (['email', 'phone_number'] as const).filter((key) => {
    const other = owner(world, key, fields[key]);
    return other !== undefined && other !== contact;
  });
  if (taken.length > 0)
    throw invalid(
      taken.map((attribute) => ({ attribute, message: `${labels[attribute]} has already been taken` })),
    );
}

/**
 * Updates a contact and returns the one that is there afterwards (§3.4). Blank values change nothing, custom
 * attributes are merged, an identifier is ignored. From a contact itself (`by` is null) an e-mail or a phone number
 * of somebody else merges it into that one, e-mail first; a phone number is dropped when its owner has another e-mail.
 * From an agent that is a 422.
 */
export function updateContact(world: World, contact: Contact, params: Json, by: Agent | null): Contact {
  const { store } = world;
  const fields = givenFields(params);
  validate(fields);
  if (by !== null) refuseTaken(world, contact, fields);
  let survivor = contact;
  const tellings: (() => void)[] = [];
  const merge = (other: Contact | undefined) => {
    if (other === undefined || other === survivor) return;
    tellings.push(mergeContacts(world, other, survivor, null));
    survivor = other;
  };
  merge(owner(world, 'email', fields.email));
  const phoneOwner = owner(world, 'phone_number', fields.phone_number);
  if (fields.email && phoneOwner?.email && phoneOwner.email !== fields.email) delete fields.phone_number;
  else merge(phoneOwner);

  const before = JSON.stringify(survivor);
  const hadEmail = survivor.email;
  const added = isObject(params.custom_attributes) ? params.custom_attributes : {};
  Object.assign(survivor, fields, { custom_attributes: deepMerge(survivor.custom_attributes, added) });
  const changed = JSON.stringify(survivor) !== before;
  if (changed) survivor.updated_at = store.now();
  if (survivor.email !== hadEmail) lookForAvatar(store, survivor);
  for (const tell of tellings) tell();
  if (changed) tellOfContact(world, 'contact.updated', survivor, by);
  return survivor;
}
