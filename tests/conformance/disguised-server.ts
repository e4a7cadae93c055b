// Owns the server that the recording is played against: its inboxes and people under other names, tokens and numbers,
// with strangers who were there before. Must not know requests or frames.

import { randomInt } from 'node:crypto';
import type { InboxOptions } from '../server/records/records';
import { type CarbonChatServer, startServer } from '../server/server';
import type { Recording } from '../support/recording';
import type { Correspondence } from './correspondence';
import { randomToken, shuffled } from './disguise';

/** Where the recorded installation stood. */
const INSTALLATION = 'http://127.0.0.1:3300';

/** Starts it, and notes which of its people, inboxes, names and tokens is which recorded one. */
export async function startDisguised(
  { meta }: Recording,
  known: Correspondence,
  say: (text: string) => string,
): Promise<CarbonChatServer> {
  const { users, inboxes, bot, account_id } = meta.ids;
  const accountId = randomInt(2, 90);
  known.pairIds('account', account_id, accountId);
  known.pairIds('bot', bot.id, bot.id);
  const secret = (recorded: string) => {
    const ours = randomToken();
    known.pairStrings(recorded, ours);
    return ours;
  };
  const named = (recorded: string) => {
    const ours = say(recorded);
    known.pairNames(recorded, ours);
    return ours;
  };
  // Not told by the recording's list of what there is, but by one answer.
  known.pairNames('Harbor Books (test)', 'Ledgerly');
  const [webInbox, strict, rated, single, withBot] = inboxes;
  const settings = new Map<unknown, Partial<InboxOptions>>([
    [webInbox, {}],
    [strict, { hmacMandatory: true }],
    [rated, { csatSurvey: true, greeting: 'Hello! Ask us anything.' }],
    [single, { lockToSingleConversation: true }],
    [withBot, { bot: { name: named(bot.name), apiAccessToken: secret(bot.access_token) } }],
  ]);
  const [people, boxes] = [shuffled(users), shuffled(inboxes)];
  // The server numbers what it is started with.
  for (const [index, { id }] of people.entries()) known.pairIds('agent', id, index + 1);
  for (const [index, { inbox_id }] of boxes.entries()) known.pairIds('inbox', inbox_id, index + 1);
  const server = await startServer({
    accountId,
    pingInterval: 20,
    agents: people.map((user) => ({
      name: named(user.name),
      availableName: named(user.name.split(' ')[0] ?? ''),
      email: say(user.email),
      role: user.role === 'administrator' ? 'administrator' : 'agent',
      autoOffline: true,
      apiAccessToken: secret(user.api_access_token),
      pubsubToken: secret(user.pubsub_token),
    })),
    inboxes: boxes.map((inbox) => ({
      identifier: secret(inbox.identifier),
      name: named(inbox.name),
      hmacToken: secret(inbox.hmac_token),
      ...settings.get(inbox),
    })),
  });
  // Addresses of files stand on it.
  known.pairStrings(INSTALLATION, server.url);
  await addStrangers(server, known.ourString(webInbox?.identifier ?? '') ?? '');
  return server;
}

/** Shifts the counters, so that a number that fits is no accident: people who asked before the recording began. */
async function addStrangers({ url }: CarbonChatServer, inbox: string): Promise<void> {
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${url}/public/api/v1/inboxes/${inbox}/contacts${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  for (let stranger = randomInt(1, 5); stranger > 0; stranger--) {
    const { source_id } = await post('', {});
    for (let conversations = randomInt(1, 3); conversations > 0; conversations--) {
      const { id } = await post(`/${source_id}/conversations`, {});
      for (let messages = randomInt(1, 9); messages > 0; messages--)
        await post(`/${source_id}/conversations/${id}/messages`, { content: 'before' });
    }
  }
}
