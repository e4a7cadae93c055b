// What the stories show: people, a list, a conversation.
import type { Author } from '@/lib/core/types';
import type { Snapshot } from '@/lib/messaging/view-updates';
import type { Panel } from '@/lib/panel/panel';
import type { FakeBackground } from '../../panel/fake-background';
import {
  conversation,
  day,
  entry,
  mara,
  me,
  message,
  minute,
  now,
  opened,
  snapshot,
} from '../../panel/fixtures';

export interface Story {
  snapshot?: Snapshot;
  /** Key of the conversation that is open; the list by default. */
  route?: string;
  after?: (background: FakeBackground, panel: Panel) => unknown;
}

const jonas: Author = { kind: 'agent', id: 2, name: 'Jonas Weber', avatarUrl: null };
const bot: Author = { kind: 'assistant', id: 3, name: 'Ledgerly Assistant', avatarUrl: null };
const tomas: Author = { kind: 'agent', id: 5, name: 'Tomás Ferreira', avatarUrl: null };
export const sara: Author = { kind: 'agent', id: 6, name: 'سارة حداد', avatarUrl: null };
export const echo = (n: number) => `00000000-0000-4000-9000-00000000000${n}`;

const said = (kind: 'agent' | 'contact', text: string, createdAt: number) => ({
  messageId: 1,
  authorKind: kind,
  text,
  file: null,
  createdAt,
});

export const list = snapshot({
  conversations: [
    conversation(1, {
      preview: said(
        'agent',
        'I have refunded the duplicate charge. It reaches your card in 3 to 5 days.',
        now - 4 * minute,
      ),
      unread: [1, 2],
    }),
    conversation(2, { party: jonas, preview: said('agent', 'Done', now - 130 * minute) }),
    conversation(3, {
      party: bot,
      preview: said('agent', 'Which plan are you on? Pick one and I will find the right person.', now - day),
    }),
    conversation(4, {
      party: { ...mara, id: 9, name: 'Priya Raman' },
      preview: said('contact', 'That was it, the invoices are back. Thanks!', now - 4 * day),
    }),
    conversation(5, {
      party: tomas,
      status: 'resolved',
      preview: said('agent', 'Credit notes now carry the VAT rate of the original invoice.', now - 20 * day),
    }),
    conversation(6, {
      party: { ...mara, id: 11, name: 'A very long name of somebody who has been given all of their names' },
      preview: said(
        'agent',
        'https://example.com/a-very-long-address/without-any-break/'.repeat(3),
        now - 400 * day,
      ),
      unread: Array.from({ length: 100 }, (_, index) => index + 1),
    }),
  ],
  drafts: { 2: 'The export still stops at row 500, and the file name is' },
  outbox: [entry(echo(1), { conversationKey: '4', status: 'failed', queuedAt: now - day })],
});

export const messages = [
  message(1, {
    author: me,
    text: 'Two charges for invoice 2041?',
    createdAt: now - 20 * 60 * minute,
    status: 'read',
  }),
  message(2, {
    text: 'Sorry about that, Ana. The first try timed out and was charged again: https://example.com/2041.',
    createdAt: now - 8 * minute,
  }),
  message(3, { text: 'Could you tell me the last 4 digits?', createdAt: now - 7.5 * minute }),
  message(4, { author: me, text: 'Sure, 4417.', createdAt: now - 6.8 * minute, status: 'sent' }),
];
const conversationStory = opened(messages, {
  conversations: [conversation(1, { unread: [2, 3] })],
  outbox: [
    entry(echo(1), { status: 'uncertain', text: 'Is the refund automatic?', queuedAt: now - 1.5 * minute }),
    entry(echo(2), {
      status: 'failed',
      text: 'And does invoice 2041 stay paid?',
      sequence: 2,
      queuedAt: now - minute,
    }),
    entry(echo(3), { status: 'sending', text: 'One more thing', sequence: 3 }),
  ],
  drafts: {
    1: 'Our accountant closes the month tomorrow, so I need the corrected receipt today, if that is possible',
  },
  typing: { 1: ['Mara'] },
});

/** The conversation, open, with something changed. */
export const conversationOf = (change: Partial<Snapshot>): Story => ({
  route: '1',
  snapshot: { ...conversationStory, ...change },
});
