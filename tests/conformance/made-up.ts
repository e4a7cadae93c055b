// Owns a made-up day at the installation: other devices, orders and counts on every run. Each answer must fit the schemas
// of the recording. Must not judge what is there at the end.

import { DEMO_AGENTS, DEMO_INBOXES } from '../server/demo/demo-inboxes';
import { identifierHash } from '../server/records/inboxes';
import type { InboxOptions } from '../server/records/records';
import { startServer } from '../server/server';
import { type Chat, checkFrames, compareWithWritten } from './made-up-checks';
import { OurSocket } from './our-socket';
import { answerPlace, mediumOf, type Schemas } from './schema';

type Answer = { id: number; source_id: string; pubsub_token: string; status: unknown };
/** A device of somebody; devices of one device with a proven identity share their chats. */
type Device = { base: string; socket: OurSocket; chats: Chat[] };
/** `faults` says in words what fitted nothing recorded, or was not what had been written. */
export type MadeUp = { faults: string[]; answers: number; frames: number };

const QUESTIONS = [
  { content_type: 'input_select', content_attributes: { items: [{ title: 'One', value: '1' }] } },
  {
    content_type: 'form',
    content_attributes: { items: [{ name: 'topic', type: 'text', label: 'Topic', placeholder: 'Topic' }] },
  },
  {
    content_type: 'article',
    content_attributes: { items: [{ title: 'How', description: 'So', link: 'https://shop.test' }] },
  },
  { content_type: 'input_email' },
];
const ANSWERS = [[{ title: 'One', value: '1' }], [{ name: 'topic', value: 'Bills' }], { value: 'x' }];
const STATUSES = ['resolved', 'open', 'snoozed', 'pending'];
const OPEN_INBOXES = DEMO_INBOXES.filter(({ hmacMandatory }) => !hmacMandatory);

/** Plays `steps` random steps. `random` gives numbers in [0, 1): the same ones make the same day. */
export async function playMadeUp(schemas: Schemas, random: () => number, steps: number): Promise<MadeUp> {
  const accountId = 1 + Math.floor(random() * 50);
  const server = await startServer({ accountId });
  const devices: Device[] = [];
  const faults: string[] = [];
  let answers = 0;
  let texts = 0;

  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const newText = () => `text ${++texts} ${random().toString(36)}`;

  const call = async (method: string, path: string, body?: object): Promise<Answer> => {
    const isForm = body instanceof FormData;
    const response = await fetch(server.url + path, {
      method,
      headers: {
        ...(path.startsWith('/api') && { api_access_token: DEMO_AGENTS[0]?.apiAccessToken ?? '' }),
        ...(!isForm && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
    answers += 1;
    const text = await response.text();
    if (text === '') return {} as Answer;
    const value = JSON.parse(text);
    const misfits = schemas.check(value, answerPlace(method, path, response.status), mediumOf(path));
    faults.push(...misfits.map((fault) => `${method} ${path} ${response.status}: ${fault}`));
    return value;
  };
  const byAgent = (chat: Chat, what: string, body: object) =>
    call('POST', `/api/v1/accounts/${accountId}/conversations/${chat.id}/${what}`, body);
  const withFile = (content: string) => {
    const form = new FormData();
    form.append('content', content);
    const [type, name] = pick([['text/plain', 'a.txt'] as const, ['audio/mpeg', 'b.mp3'] as const]);
    for (let count = 1 + Math.floor(random() * 3); count > 0; count--)
      form.append('attachments[]', new File(['content'], name, { type }));
    return form;
  };

  const connect = async (inbox: InboxOptions, body: object, chats: Chat[]) => {
    const contacts = `/public/api/v1/inboxes/${inbox.identifier}/contacts`;
    const { source_id, pubsub_token } = await call('POST', contacts, body);
    const socket = new OurSocket(`${server.url}/cable`, { subprotocols: ['actioncable-v1-json'] });
    await socket.ready();
    const identifier = JSON.stringify({ channel: 'RoomChannel', pubsub_token });
    socket.send(JSON.stringify({ command: 'subscribe', identifier }));
    await socket.settle();
    const contact = `${contacts}/${source_id}`;
    devices.push({ base: `${contact}/conversations`, socket, chats });
    return contact;
  };
  /** Somebody on one device, or somebody with a proven identity on two of them. */
  const arrive = async () => {
    if (random() < 0.6) {
      await connect(pick(OPEN_INBOXES), pick([{}, { name: 'Somebody' }]), []);
      return;
    }
    const chats: Chat[] = [];
    const identifier = `person ${newText()}`;
    for (const inbox of [pick(DEMO_INBOXES), pick(DEMO_INBOXES)]) {
      const proof = { identifier, identifier_hash: identifierHash(inbox.hmacToken, identifier) };
      const contact = await connect(inbox, proof, chats);
      // Creating does not verify (contract §3.0).
      await call('PATCH', contact, proof);
    }
  };
  const begin = async ({ base, chats }: Device) => {
    const { id } = await call('POST', base, {});
    // An inbox for one conversation gives the same one again.
    if (!chats.some((chat) => chat.id === id))
      chats.push({ id, written: [], questions: [], echoes: new Map() });
  };

  type Deed = (device: Device, chat: Chat) => Promise<unknown>;
  const write: Deed = ({ base }, chat) => {
    const content = newText();
    chat.written.push(content);
    const echo_id = pick([`echo ${texts}`, texts]);
    const body = pick([{ content }, { content, echo_id }, withFile(content)]);
    if ('echo_id' in body) chat.echoes.set(content, echo_id);
    return call('POST', `${base}/${chat.id}/messages`, body);
  };
  const reply: Deed = async (_device, chat) => {
    const content = newText();
    chat.written.push(content);
    const question = pick(QUESTIONS);
    const { id } = await byAgent(
      chat,
      'messages',
      pick([{ content }, { content, ...question }, withFile(content)]),
    );
    chat.questions.push(id);
  };
  const deeds: Deed[] = [
    write,
    write,
    reply,
    reply,
    (device) => begin(device),
    ({ base }, { id, questions }) =>
      questions.length === 0
        ? Promise.resolve()
        : call('PATCH', `${base}/${id}/messages/${pick(questions)}`, { submitted_values: pick(ANSWERS) }),
    ({ base }) => call('GET', base),
    ({ base }, { id }) => call('GET', `${base}/${id}`),
    ({ base }, { id }) => call('GET', `${base}/${id}/messages?before=${Math.floor(random() * 99)}`),
    ({ base }, { id }) => call('POST', `${base}/${id}/toggle_status`),
    ({ base }, { id }) => call('POST', `${base}/${id}/update_last_seen`),
    ({ base }) => call('GET', `${base}/999999`),
    ({ base }) => call('PATCH', base.replace(/\/conversations$/, ''), { name: newText() }),
    ({ base }) => call('PATCH', base.replace(/\/conversations$/, ''), { email: 'nobody' }),
    (_device, chat) => byAgent(chat, 'messages', { content: newText(), private: true }),
    async ({ base }, chat) => {
      const wanted = pick(STATUSES);
      await byAgent(chat, 'toggle_status', { status: wanted });
      const { status } = await call('GET', `${base}/${chat.id}`);
      if (status !== wanted) faults.push(`conversation ${chat.id} is ${status}, not ${wanted}`);
    },
    async ({ chats }, { id }) => {
      const stranger = pick(devices);
      if (stranger.chats === chats) return;
      const { status } = await call('GET', `${stranger.base}/${id}`);
      if (status !== 404) faults.push(`conversation ${id} is open to somebody else`);
    },
    (_device, chat) => byAgent(chat, 'toggle_typing_status', { typing_status: pick(['on', 'off']) }),
  ];

  for (let step = 0; step < steps; step++) {
    const device = devices.length === 0 ? undefined : pick(devices);
    if (device === undefined || random() < 0.05) await arrive();
    else if (device.chats.length === 0) await begin(device);
    else await pick(deeds)(device, pick(device.chats));
  }

  for (const { base, socket, chats } of devices) {
    await socket.settle();
    for (const chat of chats) faults.push(...(await compareWithWritten(call, base, chat)));
    faults.push(...checkFrames(socket, chats, schemas));
    await socket.close();
  }
  await server.close();
  return { faults, answers, frames: devices.reduce((sum, { socket }) => sum + socket.frames.length, 0) };
}
