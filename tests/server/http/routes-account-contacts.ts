// Owns the part of the account API that concerns contacts, and an agent's own availability.
// Must not change records by itself.

import type { Hono } from 'hono';
import { updateContact } from '../actions/contact-actions';
import { deleteContact, mergeContacts } from '../actions/contact-ends';
import { tellOfContact } from '../actions/contact-events';
import { presentAccountContact } from '../presenters/account-presenters';
import { isObject } from '../records/json';
import { shownAvailability } from '../records/presence';
import type { Agent, Contact } from '../records/records';
import type { World } from '../world';
import { accountAccess } from './account-access';
import { foundById } from './params';
import { answerJson, answerNothing, type Env } from './responses';

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
  const account = `/api/v1/accounts/${accountId}`;
  const { forAgents, forAdministrators } = accountAccess(world);
  const contactOf = (id: unknown): Contact => foundById(store.contacts, id);

  app.patch(
    `${account}/contacts/:id`,
    forAgents(({ c, params, by }) => {
      const contact = updateContact(world, contactOf(c.req.param('id')), params, by);
      const contact_inboxes = presentContactInboxes(world, contact);
      return answerJson(c, { payload: { ...presentAccountContact(world, contact), contact_inboxes } });
    }),
  );
  app.delete(
    `${account}/contacts/:id`,
    forAdministrators(({ c, by }) => {
      deleteContact(world, contactOf(c.req.param('id')), by);
      return answerNothing(c);
    }),
  );
  app.post(
    `${account}/actions/contact_merge`,
    forAgents(({ c, params, by }) => {
      const [base, mergee] = [contactOf(params.base_contact_id), contactOf(params.mergee_contact_id)];
      if (base !== mergee) {
        const tellTheRest = mergeContacts(world, base, mergee, by);
        tellTheRest();
        tellOfContact(world, 'contact.updated', base, by);
      }
      return answerJson(c, presentAccountContact(world, base));
    }),
  );
  app.post(
    '/api/v1/profile/availability',
    forAgents(({ c, params: { profile }, by }) => {
      const availability = isObject(profile) ? profile.availability : undefined;
      if (availability === 'online' || availability === 'busy' || availability === 'offline')
        by.availability = availability;
      return answerJson(c, presentProfile(world, by));
    }),
  );
}
