// Owns the part of the account API that concerns contacts, and an agent's own availability.
// Must not change records by itself.

import type { Hono } from 'hono';
import { accountAccess } from './account-access';
import { presentAccountContact } from './account-presenters';
import { shownAvailability } from './agents-room';
import { answerJson, answerNothing, type Env } from './answers';
import { updateContact } from './contact-actions';
import { tellOfContact } from './contact-events';
import { deleteContact, isObject, mergeContacts } from './contact-merge';
import { readParams } from './params';
import { notFound } from './problems';
import type { Agent, Contact } from './records';
import type { World } from './world';

function presentContactInboxes({ store }: World, contact: Contact) {
  return store.sessions
    .filter((session) => session.contact === contact)
    .map(({ source_id, inbox: { id, name } }) => ({
      source_id,
      inbox: { id, avatar_url: '', channel_id: id, name, channel_type: 'Channel::Api', provider: null },
    }));
}

function presentProfile(world: World, agent: Agent) {
  const { id, name, email, availableName, role, availability, apiAccessToken, pubsubToken } = agent;
  return {
    access_token: apiAccessToken,
    account_id: world.accountId,
    available_name: availableName,
    avatar_url: '',
    confirmed: true,
    display_name: availableName,
    message_signature: null,
    email,
    id,
    inviter_id: null,
    name,
    provider: 'email',
    pubsub_token: pubsubToken,
    role,
    ui_settings: {},
    uid: email,
    type: null,
    accounts: [
      {
        id: world.accountId,
        name: world.accountName,
        status: 'active',
        active_at: null,
        role,
        permissions: [role],
        availability,
        availability_status: shownAvailability(world, agent),
        auto_offline: agent.autoOffline,
      },
    ],
  };
}

export function routeAccountContacts(app: Hono<Env>, world: World): void {
  const { store, accountId } = world;
  const one = `/api/v1/accounts/${accountId}/contacts/:id`;
  const { agentOf, administratorOf } = accountAccess(world);

  const contactOf = (id: unknown): Contact => {
    const contact = store.contacts.find((candidate) => String(candidate.id) === String(id));
    if (contact === undefined) throw notFound();
    return contact;
  };

  app.patch(one, async (c) => {
    const params = await readParams(c);
    const contact = updateContact(world, contactOf(c.req.param('id')), params, agentOf(c));
    const contact_inboxes = presentContactInboxes(world, contact);
    return answerJson(c, { payload: { ...presentAccountContact(world, contact), contact_inboxes } });
  });
  app.delete(one, (c) => {
    deleteContact(world, contactOf(c.req.param('id')), administratorOf(c));
    return answerNothing(c);
  });
  app.post(`/api/v1/accounts/${accountId}/actions/contact_merge`, async (c) => {
    const { base_contact_id, mergee_contact_id } = await readParams(c);
    const [base, mergee] = [contactOf(base_contact_id), contactOf(mergee_contact_id)];
    if (base !== mergee) {
      const tellTheRest = mergeContacts(world, base, mergee, agentOf(c));
      tellTheRest();
      tellOfContact(world, 'contact.updated', base, agentOf(c));
    }
    return answerJson(c, presentAccountContact(world, base));
  });
  app.post('/api/v1/profile/availability', async (c) => {
    const agent = agentOf(c);
    const { profile } = await readParams(c);
    const availability = isObject(profile) ? profile.availability : undefined;
    if (availability === 'online' || availability === 'busy' || availability === 'offline')
      agent.availability = availability;
    return answerJson(c, presentProfile(world, agent));
  });
}
