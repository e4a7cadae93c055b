// @vitest-environment node
// Answers of a real installation with what they must become written down by hand, so that the sweep over the whole
// recording cannot agree with the client on something wrong.
import { expect, it } from 'vitest';
import { toContactSession } from '@/lib/carbonchat/mapping';
import { readRecording } from '../support/recording';
import { replay } from './recorded-client';
import { books, bot, company, file, grace, having, mira, words } from './recorded-people';

const { http } = readRecording();

const exchange = (n: number) => {
  const found = http[n - 1];
  if (found?.n !== n) throw new Error(`the recording has no exchange ${n}`);
  return found;
};
const told = { updatedAt: null, status: null, changedAt: null };
const good = (value: unknown) => ({ ok: true, value });
const refused = (status: number, message: string | null, ...fields: string[]) => ({
  ok: false,
  failure: { kind: 'status', status, message, fields },
});

it.each<[number, string, unknown]>([
  [1, 'an inbox', good({ name: 'Web API inbox', identityRequired: false, hours: 'always' })],
  [
    2,
    'an inbox that wants proof',
    good({ name: 'Strict HMAC inbox', identityRequired: true, hours: 'always' }),
  ],
  [5, 'an inbox that is not there', refused(404, 'Not Found')],
  [9, 'a path that is not there, answered by a page', refused(404, null)],
  [10, 'a preflight', good('')],
  [15, 'broken JSON, answered by nothing', refused(400, null)],
  [
    18,
    'a contact under a source id of its own',
    good({
      sourceId: 'my-own-mwsjis9u',
      pubsubToken: '6fBkR2V6Ba1GhsuvnTwLkyDa',
      contactId: 4,
      name: 'Own Source',
      email: null,
      phoneNumber: null,
    }),
  ],
  [
    16,
    'a contact with e-mail and telephone',
    good({
      sourceId: '766a3fed-52c9-4f31-9260-db8e8780bc77',
      pubsubToken: 'hKeC9vsEDr5cR9dENSu9snoE',
      contactId: 3,
      name: 'Mira Reader',
      email: 'mira.mwsjis9u@reader.test',
      phoneNumber: '+4915112345678',
    }),
  ],
  [20, 'a wrong e-mail address', refused(422, 'Email Invalid email', 'email')],
  [21, 'a wrong telephone number', refused(422, 'Phone number should be in e164 format', 'phone_number')],
  [22, 'a long name', refused(422, 'Name is too long (maximum is 255 characters)', 'name')],
  [23, 'a name with markup', good(having({ name: '<b>Bold</b> & "Q"' }))],
  [28, 'a wrong identity hash', refused(500, 'Internal Server Error')],
  [35, 'a contact that did not change', refused(304, null)],
  [
    36,
    'a contact with a new name',
    good({
      contactId: 3,
      name: 'Mira R. Reader',
      email: 'mira.mwsjis9u@reader.test',
      phoneNumber: '+4915112345678',
    }),
  ],
  [39, 'a change to a wrong e-mail address', refused(422, 'Email Invalid email', 'email')],
  [43, 'a change with a wrong identity hash', refused(500, 'Internal Server Error')],
  [44, 'a change of a contact that is not there', refused(404, 'Not Found')],
  [
    53,
    'a contact changed with its proof',
    good({ contactId: 11, name: 'Stan S.', email: null, phoneNumber: null }),
  ],
  [
    56,
    'conversations with their messages',
    good({
      etag: 'W/"10a603a526c51171a8fbd1bdf7fa6e83"',
      conversations: [
        {
          id: 1,
          status: 'open',
          contactLastSeenAt: 0,
          agentLastSeenAt: 0,
          messages: [
            {
              ...words,
              ...told,
              id: 1,
              conversationId: 1,
              author: { kind: 'contact', id: 11, name: 'Stan S.', avatarUrl: null },
              text: 'hello',
              createdAt: 1795394488000,
            },
          ],
        },
      ],
    }),
  ],
  [58, 'no conversations', good(having({ conversations: [] }))],
  [
    61,
    'a new conversation',
    good({ id: 2, status: 'open', contactLastSeenAt: 0, agentLastSeenAt: 0, messages: [] }),
  ],
  [68, 'no messages', good({ messages: [], before: null, complete: true })],
  [
    70,
    'a sent message, with the echo id that the answer does not repeat',
    good({
      ...words,
      ...told,
      id: 3,
      conversationId: 2,
      author: mira,
      text: 'With an echo id',
      createdAt: 1795394545000,
      echoId: 'echo-1111',
    }),
  ],
  [72, 'a sent message whose echo id was a number', good(having({ id: 5, echoId: '77' }))],
  [74, 'a message without words', good(having({ id: 7, text: '' }))],
  [77, 'markup', good(having({ text: '**bold** <script>alert(1)</script> & <b>x</b> 😀\nline two' }))],
  [84, 'a picture', good(having({ attachments: [file('pic.png', 'image', 75)] }))],
  [
    85,
    'two files, one with a name that its address encodes',
    good(
      having({
        text: '',
        attachments: [file('a.txt', 'file', 5), file('räksmörgås & co.pdf', 'file', 13)],
      }),
    ),
  ],
  [87, 'a sound', good(having({ attachments: [file('v.mp3', 'audio', 3)] }))],
  [88, 'an empty file', good(having({ attachments: [file('e.txt', 'file', 0)] }))],
  [89, 'attachments that are none', refused(500, 'Internal Server Error')],
  [92, 'a large file', good(having({ attachments: [file('big.bin', 'file', 42991616)] }))],
  [100, 'too long a message', refused(422, 'Content is too long (maximum is 150000 characters)', 'content')],
  [109, 'typing, answered by nothing', good(null)],
  [117, 'having read, answered by nothing', good(null)],
  [
    131,
    'a choice told as an object',
    good(
      having({
        content: { kind: 'options', options: [books, { title: 'Maps', value: 'maps' }] },
        answer: { kind: 'option', option: books },
      }),
    ),
  ],
  [
    134,
    'an e-mail address that was asked for',
    good(
      having({
        content: { kind: 'email' },
        author: grace,
        answer: { kind: 'email', email: 'a@b.test' },
      }),
    ),
  ],
  [
    149,
    'a resolved conversation with a deleted message',
    good(
      having({
        status: 'resolved',
        contactLastSeenAt: 1795394574000,
        agentLastSeenAt: 1795394573000,
        messages: expect.arrayContaining([
          having({ id: 24, deleted: true, text: 'This message was deleted', content: { kind: 'plain' } }),
        ]),
      }),
    ),
  ],
  [161, 'a full page', good(having({ before: 76, complete: false }))],
  [163, 'the last page', good(having({ before: 49, complete: true }))],
  [
    183,
    'a contact after a merge',
    good({
      sourceId: 'b3bba107-b53e-4787-bd61-26da946eb6fe',
      pubsubToken: 'uBgteXFxPUk7tiza5orvry2x',
      contactId: 3,
      name: 'Mira By Agent',
      email: 'mira.mwsjis9u@reader.test',
      phoneNumber: '+4915112345678',
    }),
  ],
  [
    187,
    'a contact that took the e-mail of another one, and is that one now',
    good({
      contactId: 3,
      name: 'Late Identifier',
      email: 'mira.mwsjis9u@reader.test',
      phoneNumber: '+4915112345678',
    }),
  ],
  [196, 'the old conversation of an inbox locked to one', good(having({ id: 8, status: 'resolved' }))],
  [198, 'a conversation that a bot has', good(having({ id: 9, status: 'pending' }))],
  [
    202,
    'the question of a bot',
    good(
      having({
        messages: [having({ id: 103 }), having({ author: bot, content: having({ kind: 'options' }) })],
      }),
    ),
  ],
  [211, 'too many messages', refused(422, 'Too many messages', 'base')],
  [
    218,
    'the rated survey of the company itself',
    good({
      ...words,
      ...told,
      id: 317,
      conversationId: 11,
      author: company,
      text: 'Please rate the conversation',
      content: { kind: 'rating', scale: 'faces' },
      answer: { kind: 'rating', rating: 4, comment: 'ok' },
      createdAt: 1795394657000,
    }),
  ],
  [225, 'a contact that was deleted', refused(404, 'Not Found')],
  [234, 'too many requests, answered in plain text', refused(429, null)],
  [244, 'a survey rated too late', refused(422, 'You cannot update the CSAT survey after 14 days')],
])('the recorded answer %i: %s', async (n, _, outcome) => {
  expect((await replay(exchange(n))).outcome).toEqual(outcome);
});

it.each([36, 37, 38, 41, 187])('the record of a changed contact in answer %i is no session', (n) => {
  const problems: string[] = [];
  const { body } = exchange(n).response;
  expect(toContactSession(body, (problem) => problems.push(problem))).toBeNull();
  expect(problems).toEqual(['contact: source_id']);
});
