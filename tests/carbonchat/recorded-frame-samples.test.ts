// @vitest-environment node
// Frames of a real installation with what they must become written down by hand, as for the answers.
import { expect, it } from 'vitest';
import { parseFrame } from '@/lib/carbonchat/room-channel';
import { readRecording } from '../support/recording';
import { books, bot, company, file, grace, having, maps, mira, words } from './recorded-people';

const receivedAt = 1_795_395_000_000;
const { cable } = readRecording();
const [tab, identified, agent, merged, botsContact, rater] = [19, 23, 22, 24, 26, 27];

/** The event of one frame, by its socket and its place among the socket's events. */
function told(socket: number, place: number): unknown {
  const event = cable[socket]?.events[place];
  if (event?.dir !== 'in') throw new Error(`event ${place} of socket ${socket} is no frame`);
  return parseFrame(JSON.parse(event.raw).message, receivedAt);
}

const created = (fields: object) => ({ type: 'message', created: true, message: having(fields) });
const updated = (fields: object) => ({ type: 'message', created: false, message: having(fields) });
const typing = (on: boolean) => ({
  type: 'typing',
  conversationId: 2,
  author: grace,
  on,
  contactLastSeenAt: 0,
  agentLastSeenAt: 0,
});
const changed = (fields: object) => ({ type: 'conversation', created: false, conversation: having(fields) });
const at = (time: string) => Date.parse(`2026-11-23T${time}Z`);
const pick = { kind: 'options', options: [books, maps] };
const linus = { kind: 'agent', id: 3, name: 'Linus', avatarUrl: null };

it.each<[number, number, string, unknown]>([
  [tab, 8, 'no agent is there', { type: 'presence', users: {} }],
  [
    tab,
    11,
    'a new conversation',
    {
      type: 'conversation',
      created: true,
      conversation: {
        id: 2,
        status: 'open',
        version: 1795394543.0718796 * 1000,
        contactLastSeenAt: 0,
        agentLastSeenAt: 0,
        lastMessage: null,
        assignee: grace,
        sourceId: '766a3fed-52c9-4f31-9260-db8e8780bc77',
      },
    },
  ],
  [
    tab,
    16,
    'a new message of the contact',
    {
      type: 'message',
      created: true,
      message: {
        ...words,
        id: 3,
        conversationId: 2,
        author: mira,
        text: 'With an echo id',
        createdAt: 1795394545000,
        updatedAt: at('00:42:25.162'),
        status: 'sent',
        echoId: 'echo-1111',
        changedAt: receivedAt,
      },
    },
  ],
  [tab, 20, 'an echo id that is a number', created({ id: 5, echoId: '77' })],
  [tab, 26, 'an echo id without words', created({ id: 8, text: '', echoId: 'echo-null' })],
  [tab, 33, 'words with a picture', created({ attachments: [file('pic.png', 'image', 75)] })],
  [tab, 50, 'an answer', created({ id: 24, author: grace, text: 'Yes, until **18:00**.' })],
  [tab, 51, 'an answered conversation', changed({ id: 2, lastMessage: having({ id: 24, author: grace }) })],
  [tab, 54, 'an answer with a picture', created({ attachments: [file('flyer.png', 'image', 75)] })],
  [tab, 56, 'an agent that begins to type', typing(true)],
  [tab, 58, 'an agent that ceases to type', typing(false)],
  [tab, 60, 'an agent that types a note', null],
  [tab, 66, 'another assignee', changed({ assignee: linus })],
  [tab, 68, 'no assignee', changed({ assignee: null })],
  [
    tab,
    71,
    'a message that was read',
    updated({ id: 24, status: 'read', updatedAt: at('00:42:54.755'), echoId: null }),
  ],
  [tab, 74, 'last-seen times', changed({ contactLastSeenAt: 1795394574000, agentLastSeenAt: 1795394573000 })],
  [tab, 80, 'a deleted message', updated({ id: 24, deleted: true, text: 'This message was deleted' })],
  [tab, 93, 'a question with choices', created({ content: pick, text: 'Pick one' })],
  [
    tab,
    95,
    'its answer as a list',
    updated({ id: 31, content: pick, answer: { kind: 'option', option: books } }),
  ],
  [
    tab,
    97,
    'its answer as an object',
    updated({ id: 31, content: pick, answer: { kind: 'option', option: books } }),
  ],
  [tab, 99, 'a question for an e-mail address', created({ content: { kind: 'email' }, text: 'Your email?' })],
  [tab, 103, 'an answer without anything in it', updated({ id: 32, answer: null })],
  [
    tab,
    106,
    'a form that was filled in',
    updated({
      content: {
        kind: 'form',
        fields: [
          having({ name: 'email', placeholder: 'Email', kind: 'email', label: 'Email', required: true }),
          having({ name: 'topic', kind: 'select', label: 'Topic', options: [{ title: 'A', value: 'a' }] }),
        ],
        buttonLabel: null,
      },
      answer: {
        kind: 'fields',
        fields: [
          { name: 'email', value: 'a@b.test' },
          { name: 'topic', value: 'a' },
        ],
      },
    }),
  ],
  [
    tab,
    110,
    'a rating with words',
    updated({
      content: { kind: 'rating', scale: 'faces' },
      answer: { kind: 'rating', rating: 5, comment: 'great' },
    }),
  ],
  [
    tab,
    114,
    'cards',
    created({
      content: {
        kind: 'cards',
        cards: [
          {
            imageUrl: 'https://shop.test/i.jpg',
            title: 'Card',
            text: 'desc',
            actions: [
              { label: 'View', url: 'https://shop.test' },
              { label: 'Add', url: null },
            ],
          },
        ],
      },
    }),
  ],
  [
    tab,
    116,
    'articles',
    created({
      content: {
        kind: 'articles',
        articles: [{ title: 'How to', text: 'd', url: 'https://shop.test/a' }],
      },
    }),
  ],
  [tab, 119, 'a resolved conversation', changed({ status: 'resolved', version: 1795394598.702288 * 1000 })],
  [tab, 133, 'a snoozed conversation', changed({ status: 'snoozed' })],
  [tab, 136, 'a pending conversation', changed({ status: 'pending' })],
  [tab, 139, 'a conversation open again', changed({ status: 'open' })],
  [tab, 164, 'a contact that a merge renamed', created({ author: { ...mira, name: 'Late Identifier' } })],
  [identified, 6, 'a conversation without assignee', having({ created: true })],
  [
    merged,
    8,
    'an answer after a merge',
    created({ conversationId: 6, author: grace, text: 'after the merge' }),
  ],
  [
    botsContact,
    11,
    'the question of a bot',
    created({
      author: bot,
      content: { kind: 'options', options: [{ title: 'Human please', value: 'human' }] },
    }),
  ],
  [
    rater,
    9,
    'a greeting of the company itself',
    {
      type: 'message',
      created: true,
      message: {
        ...words,
        id: 314,
        conversationId: 11,
        author: company,
        text: 'Hello! Ask us anything.',
        createdAt: 1795394653000,
        updatedAt: at('00:44:13.492'),
        status: 'sent',
        changedAt: receivedAt,
      },
    },
  ],
  [
    rater,
    18,
    'a survey of the company itself',
    created({ author: company, content: { kind: 'rating', scale: 'faces' } }),
  ],
  [agent, 4, 'an agent that is there', { type: 'presence', users: { 2: 'online' } }],
  [agent, 124, 'a private note', null],
  [agent, 132, 'the contact typing', null],
  [agent, 139, 'an activity', null],
])('the recorded frame %i/%i: %s', (socket, place, _, event) => {
  expect(told(socket, place)).toEqual(event);
});
