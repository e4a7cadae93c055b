// Owns a made-up day at the installation: other people, orders and counts on every run. Each answer and frame must fit
// the schemas of the recording, and what is listed at the end must be what was written.

import { DEMO_AGENTS, DEMO_INBOXES } from '../server/inboxes';
import { startServer } from '../server/server';
import { OurSocket } from './our-socket';
import { answerPlace, mediumOf, type Schemas } from './schema';

type Answer = { id: number; source_id: string; pubsub_token: string };
type Chat = { id: number; written: string[]; questions: number[] };
type Person = { base: string; socket: OurSocket; chats: Chat[] };
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
  const people: Person[] = [];
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

  const arrive = async () => {
    const inbox = pick(OPEN_INBOXES);
    const contacts = `/public/api/v1/inboxes/${inbox.identifier}/contacts`;
    const { source_id, pubsub_token } = await call(
      'POST',
      contacts,
      random() < 0.5 ? {} : { name: 'Somebody' },
    );
    const socket = new OurSocket(
      server.url,
      {
        name: 'made up',
        url: `${server.url}/cable`,
        request: { origin: null, subprotocols: ['actioncable-v1-json'], headers: {} },
        handshake: null,
        events: [],
      },
      () => 0,
    );
    await socket.ready();
    const identifier = JSON.stringify({ channel: 'RoomChannel', pubsub_token });
    socket.send(JSON.stringify({ command: 'subscribe', identifier }));
    await socket.settle();
    people.push({ base: `${contacts}/${source_id}/conversations`, socket, chats: [] });
  };
  const begin = async ({ base, chats }: Person) => {
    const { id } = await call('POST', base, {});
    // An inbox for one conversation gives the same one again.
    if (!chats.some((chat) => chat.id === id)) chats.push({ id, written: [], questions: [] });
  };

  type Deed = (person: Person, chat: Chat) => Promise<unknown>;
  const write: Deed = ({ base }, chat) => {
    const content = newText();
    chat.written.push(content);
    const body = pick([{ content }, { content, echo_id: `echo ${texts}` }, withFile(content)]);
    return call('POST', `${base}/${chat.id}/messages`, body);
  };
  const reply: Deed = async (_person, chat) => {
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
    (person) => begin(person),
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
    (_person, chat) => byAgent(chat, 'messages', { content: newText(), private: true }),
    (_person, chat) => byAgent(chat, 'toggle_status', { status: pick(STATUSES) }),
    (_person, chat) => byAgent(chat, 'toggle_typing_status', { typing_status: pick(['on', 'off']) }),
  ];

  for (let step = 0; step < steps; step++) {
    const person = people.length === 0 ? undefined : pick(people);
    if (person === undefined || random() < 0.05) await arrive();
    else if (person.chats.length === 0) await begin(person);
    else await pick(deeds)(person, pick(person.chats));
  }

  for (const { base, socket, chats } of people) {
    await socket.settle();
    for (const chat of chats) faults.push(...(await compareWithWritten(call, base, chat)));
    faults.push(...checkFrames(socket, chats, schemas));
    await socket.close();
  }
  await server.close();
  return { faults, answers, frames: people.reduce((sum, { socket }) => sum + socket.frames.length, 0) };
}

type Listed = { id: number; content: string; message_type: number };

/** Pages back through a conversation; what people wrote must be there, in its order, each once. */
async function compareWithWritten(
  call: (method: string, path: string) => Promise<unknown>,
  base: string,
  { id, written }: Chat,
): Promise<string[]> {
  const all: Listed[] = [];
  for (let page: Listed[] | undefined; page === undefined || page.length === 20; ) {
    const before = page?.[0] === undefined ? '' : `?before=${page[0].id}`;
    page = (await call('GET', `${base}/${id}/messages${before}`)) as Listed[];
    all.unshift(...page);
  }
  const listed = all.filter(({ message_type }) => message_type !== 3).map(({ content }) => content);
  return listed.join('\n') === written.join('\n')
    ? []
    : [
        `conversation ${id} lists ${listed.length} messages, ${written.length} were written, or in another order`,
      ];
}

/** Frames fit their schemas, tell of one's own conversations only, and of each message that was written there once. */
function checkFrames(socket: OurSocket, chats: Chat[], schemas: Schemas): string[] {
  const faults: string[] = [];
  const told: string[] = [];
  for (const { frame } of socket.frames) {
    if (frame.message === undefined) continue;
    const { event, data } = frame.message;
    faults.push(...schemas.check(data, event, 'frame').map((fault) => `${event}: ${fault}`));
    if (event === 'message.created' && data.message_type !== 3) told.push(String(data.content));
    const { conversation_id = data.id } = data as { conversation_id?: number; id?: number };
    const tells = event.startsWith('message') || /^conversation\.(created|updated|status)/.test(event);
    if (tells && !chats.some(({ id }) => id === conversation_id))
      faults.push(`${event} of conversation ${conversation_id} came to somebody else`);
  }
  const written = chats.flatMap((chat) => chat.written);
  if (told.length !== written.length || !written.every((text) => told.includes(text)))
    faults.push(`${told.length} messages were told, ${written.length} were written`);
  return faults;
}
