// Owns the playing of the recording: every request and every step of every socket in the recorded order, against a
// server of its own on the same clock. Must not judge what comes back.

import { randomBytes, randomInt } from 'node:crypto';
import type { InboxOptions } from '../server/records';
import { type CarbonChatServer, startServer } from '../server/server';
import type { HttpExchange, Recording } from '../support/recording';
import { compare } from './compare';
import { Correspondence } from './correspondence';
import { createDisguise, shuffled } from './disguise';
import { OurSocket } from './our-socket';
import { type OurAnswer, type OurRequest, Requests, send } from './requests';

export type Played = {
  known: Correspondence;
  /** By `n`. */
  answers: Map<number, OurAnswer>;
  /** In the order of the recorded sockets. */
  sockets: Pick<OurSocket, 'frames' | 'handshake' | 'closeCode'>[];
};
/** What happens at one moment of the recording. `order` breaks ties of time. */
type Step = { at: number; run: () => Promise<unknown> };

const token = () => randomBytes(12).toString('base64url');

/** A server with the inboxes and people of the recording, under other names, tokens and numbers. */
async function startDisguised({ meta }: Recording, known: Correspondence, say: (text: string) => string) {
  const { users, inboxes, bot, account_id } = meta.ids;
  const accountId = randomInt(2, 90);
  known.pairIds('account', account_id, accountId);
  known.pairIds('bot', bot.id, bot.id);
  const secret = (recorded: string) => {
    const ours = token();
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
  return startServer({
    accountId,
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

/** Plays the whole recording and stops the server. Rejects when a request got no answer at all. */
export async function play(recording: Recording): Promise<Played> {
  const known = new Correspondence();
  const secondsLater = Math.floor((Date.now() - Date.parse(recording.meta.recorded_at)) / 1000);
  const requests = new Requests(known, createDisguise(), recording.meta, secondsLater);
  const server = await startDisguised(recording, known, (text) => requests.say(text));
  await addStrangers(server, known.ourString(recording.meta.ids.inboxes[0]?.identifier ?? '') ?? '');
  const answers = new Map<number, OurAnswer>();
  const sockets: OurSocket[] = [];
  let now = 0;

  const exchange = async ({ n, request, response }: HttpExchange) => {
    const answer = await send(server.url, requests.translate(request));
    answers.set(n, answer);
    // Learned at once: the next request needs the ids and secrets of this answer.
    if (response.body_is_json && /json/.test(answer.headers['content-type'] ?? ''))
      compare(response.body, JSON.parse(String(answer.bytes)), known);
    for (const name of ['etag', 'location']) {
      const recorded = Object.entries(response.headers).find(([key]) => key.toLowerCase() === name)?.[1];
      const ours = answer.headers[name];
      if (typeof recorded !== 'string' || typeof ours !== 'string') continue;
      const path = (text: string) => (name === 'location' ? new URL(text, server.url).pathname : text);
      known.pairStrings(path(recorded), path(ours));
    }
  };
  /** A request that the recorder made and did not list, under the next recorded id of a message. */
  const unlisted = async (like: HttpExchange, path: string, body: object, recordedId?: number) => {
    const request: OurRequest = requests.translate({ ...like.request, method: 'POST', path, body });
    const answer = await send(server.url, request);
    const { id } = JSON.parse(String(answer.bytes)) as { id: number };
    if (recordedId !== undefined) known.pairIds('message', recordedId, id);
  };
  const steps = [
    ...exchangesOf(recording, exchange),
    ...socketsOf(recording, server, sockets, requests, () => now),
    ...interventionsOf(recording, server, known, unlisted),
  ].sort((a, b) => a.at - b.at);

  const begun = performance.now();
  let passed = 0;
  for (const { at, run } of steps) {
    const ahead = at - passed - (performance.now() - begun);
    if (ahead > 0) {
      server.control.passTime({ ms: ahead });
      passed += ahead;
    }
    now = at;
    await run();
    await Promise.all(sockets.map((socket) => socket.settle()));
  }
  await Promise.all(sockets.map((socket) => socket.close()));
  await server.close();
  return { known, answers, sockets };
}

/** The listed requests; those of the same moment together. */
function exchangesOf({ http }: Recording, exchange: (one: HttpExchange) => Promise<void>): Step[] {
  const moments = new Map<number, HttpExchange[]>();
  for (const one of http) moments.set(one.t_ms, [...(moments.get(one.t_ms) ?? []), one]);
  return [...moments].map(([at, together]) => ({ at, run: () => Promise.all(together.map(exchange)) }));
}

/** Opening, commands and closing of the sockets. What the server ends is not ended by us. */
function socketsOf(
  { cable }: Recording,
  server: CarbonChatServer,
  sockets: OurSocket[],
  requests: Requests,
  now: () => number,
): Step[] {
  return cable.flatMap((recorded, index) => {
    const steps: Step[] = [];
    const opened = recorded.events[0]?.t_ms ?? 0;
    const open = async () => {
      const socket = new OurSocket(server.url, recorded, now);
      sockets[index] = socket;
      await socket.ready();
    };
    steps.push({ at: opened, run: open });
    for (const event of recorded.events) {
      if (event.dir === 'out')
        steps.push({
          at: event.t_ms,
          run: async () => sockets[index]?.send(requests.translateCommand(event.raw)),
        });
      const byServer = recorded.events.some((other) => other.dir === 'in' && /"disconnect"/.test(other.raw));
      if (event.dir === 'close' && event.code === 1000 && !byServer)
        steps.push({ at: event.t_ms, run: async () => sockets[index]?.close() });
    }
    return steps;
  });
}

/** What the recorder did to the installation without a listed request. */
function interventionsOf(
  { http, cable, meta }: Recording,
  { control, stop, start }: CarbonChatServer,
  known: Correspondence,
  unlisted: (like: HttpExchange, path: string, body: object, recordedId?: number) => Promise<void>,
): Step[] {
  const exchangeOf = (name: string) => {
    const found = http.find((one) => one.name === name);
    if (found === undefined) throw new Error(`the recording has no exchange "${name}"`);
    return found;
  };
  const noteAt = (beginning: string) => {
    for (const { events } of cable)
      for (const event of events)
        if (event.dir === 'note' && event.text.startsWith(beginning)) return event.t_ms;
    throw new Error(`the recording has no note "${beginning}"`);
  };
  /** The recorded id of a message that only the agent's socket tells. */
  const idOf = (content: string) => {
    const [, id] = new RegExp(`message.created","data":{"id":(\\d+),"content":"${content}"`).exec(told) ?? [];
    return Number(id);
  };
  const told = cable
    .flatMap(({ events }) => events.map((event) => ('raw' in event ? event.raw : '')))
    .join('\n');
  const agentReply = exchangeOf('agent: reply');
  const paging = exchangeOf('paging: conversation');
  const flooded = exchangeOf('flood: the message after 200 in one minute');
  const late = exchangeOf('late csat: answered 20 days after it was sent (created_at moved back by hand)');
  const deleted = exchangeOf('agent: delete contact, offline');
  const [, lateMessage] = /messages\/(\d+)$/.exec(late.request.path) ?? [];
  const [, deletedContact] = /contacts\/(\d+)$/.exec(deleted.request.path) ?? [];
  const pagingId = (paging.response.body as { id: number }).id;
  const accountPath = `/api/v1/accounts/${meta.ids.account_id}/conversations/${pagingId}`;
  const reopened = cable.findLast(({ name }) => name === 'after the restart, same token')?.events[0];

  const writePages = async () => {
    const path = `${paging.request.path}/${pagingId}/messages`;
    for (const [index, id] of meta.paging.ids.entries())
      await unlisted(paging, path, { content: `message ${index + 1}` }, id);
    const note = { content: 'agent note', private: true };
    await unlisted(agentReply, `${accountPath}/messages`, note, idOf('agent note'));
    await unlisted(agentReply, `${accountPath}/toggle_status`, { status: 'resolved' });
  };
  const flood = async () => {
    for (let count = 0; count < 200; count++)
      await unlisted(flooded, flooded.request.path, { content: `f${count}` }, idOf(`f${count}`));
  };
  return [
    { at: paging.t_ms + 1, run: writePages },
    { at: flooded.t_ms - 1, run: flood },
    {
      at: noteAt('the presence of that contact'),
      run: async () =>
        control.forgetPresence({ contactId: known.ourId('contact', Number(deletedContact)) ?? 0 }),
    },
    { at: noteAt('sidekiq (the job runner) is stopped'), run: async () => control.holdFrames() },
    { at: noteAt('sidekiq is started again'), run: async () => control.releaseFrames() },
    { at: noteAt('ActionCable.server.restart'), run: async () => control.restartCable() },
    { at: noteAt('puma gets TERM'), run: stop },
    { at: (reopened?.t_ms ?? 0) - 1, run: start },
    {
      at: exchangeOf('rate limit: request 1, limit 5').t_ms - 1,
      run: async () => control.limitRequests({ perMinute: 5 }),
    },
    {
      at: exchangeOf('late csat: contact').t_ms - 1,
      run: async () => control.limitRequests({ perMinute: 3000 }),
    },
    {
      at: late.t_ms - 1,
      run: async () =>
        control.moveMessage({ messageId: known.ourId('message', Number(lateMessage)) ?? 0, days: 20 }),
    },
  ];
}
