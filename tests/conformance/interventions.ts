// Owns what the recorder did to the installation without a listed request: many messages, and work behind its back.
// Must not look at answers but for the ids in them.

import type { CarbonChatServer } from '../server/server';
import type { HttpExchange, Recording } from '../support/recording';
import type { Step } from './player';
import { type Requests, send } from './requests';

function exchangeOf({ http }: Recording, name: string): HttpExchange {
  const found = http.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the recording has no exchange "${name}"`);
  return found;
}

/** When a note was taken, by its beginning. */
function noteAt({ cable }: Recording, beginning: string): number {
  for (const { events } of cable)
    for (const event of events)
      if (event.dir === 'note' && event.text.startsWith(beginning)) return event.t_ms;
  throw new Error(`the recording has no note "${beginning}"`);
}

/** The last number in an exchange's path. */
const lastId = ({ request }: HttpExchange) => Number(/(\d+)$/.exec(request.path)?.[1]);

/** The messages that were written without being listed. */
function unlistedMessages(recording: Recording, server: CarbonChatServer, requests: Requests): Step[] {
  const { cable, meta } = recording;
  const told = cable
    .flatMap(({ events }) => events.map((event) => ('raw' in event ? event.raw : '')))
    .join('\n');
  /** The recorded id of a message that only the agent's socket tells. */
  const idOf = (content: string) =>
    Number(new RegExp(`message.created","data":{"id":(\\d+),"content":"${content}"`).exec(told)?.[1]);
  const post = async (like: HttpExchange, path: string, body: object, recordedId?: number) => {
    const request = requests.translate({ ...like.request, method: 'POST', path, body });
    const { bytes } = await send(server.url, request);
    if (recordedId !== undefined)
      requests.known.pairIds('message', recordedId, JSON.parse(String(bytes)).id as number);
  };

  const paging = exchangeOf(recording, 'paging: conversation');
  const flooded = exchangeOf(recording, 'flood: the message after 200 in one minute');
  const reply = exchangeOf(recording, 'agent: reply');
  const pagingId = (paging.response.body as { id: number }).id;
  const forAgents = `/api/v1/accounts/${meta.ids.account_id}/conversations/${pagingId}`;
  const writePages = async () => {
    const path = `${paging.request.path}/${pagingId}/messages`;
    for (const [index, id] of meta.paging.ids.entries())
      await post(paging, path, { content: `message ${index + 1}` }, id);
    await post(reply, `${forAgents}/messages`, { content: 'agent note', private: true }, idOf('agent note'));
    await post(reply, `${forAgents}/toggle_status`, { status: 'resolved' });
  };
  const flood = async () => {
    for (let count = 0; count < 200; count++)
      await post(flooded, flooded.request.path, { content: `f${count}` }, idOf(`f${count}`));
  };
  return [
    { at: paging.t_ms + 1, run: writePages },
    { at: flooded.t_ms - 1, run: flood },
  ];
}

/** All of it, at its moments. */
export function interventionsOf(recording: Recording, server: CarbonChatServer, requests: Requests): Step[] {
  const { control } = server;
  const late = exchangeOf(
    recording,
    'late csat: answered 20 days after it was sent (created_at moved back by hand)',
  );
  const deleted = exchangeOf(recording, 'agent: delete contact, offline');
  const reopened = recording.cable.find(({ name }) => name === 'after the restart, same token');
  const forget = () => control.forgetPresence({ contactId: requests.ourId('contact', lastId(deleted)) });
  const moveBack = () =>
    control.moveMessage({ messageId: requests.ourId('message', lastId(late)), days: 20 });
  const before = (name: string) => exchangeOf(recording, name).t_ms - 1;
  const at = (beginning: string) => noteAt(recording, beginning);
  return [
    ...unlistedMessages(recording, server, requests),
    { at: at('the presence of that contact'), run: async () => forget() },
    { at: at('sidekiq (the job runner) is stopped'), run: async () => control.holdFrames() },
    { at: at('sidekiq is started again'), run: async () => control.releaseFrames() },
    { at: at('ActionCable.server.restart'), run: async () => control.restartCable() },
    { at: at('puma gets TERM'), run: server.stop },
    { at: (reopened?.events[0]?.t_ms ?? 0) - 1, run: server.start },
    {
      at: before('rate limit: request 1, limit 5'),
      run: async () => control.limitRequests({ perMinute: 5 }),
    },
    { at: before('late csat: contact'), run: async () => control.limitRequests({ perMinute: 3000 }) },
    { at: late.t_ms - 1, run: async () => moveBack() },
  ];
}
