// The states of the panel that are worth looking at.

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

interface Story {
  snapshot?: Snapshot;
  /** Key of the conversation that is open; the list by default. */
  route?: string;
  after?: (background: FakeBackground, panel: Panel) => unknown;
}

const jonas: Author = { kind: 'agent', id: 2, name: 'Jonas Weber', avatarUrl: null };
const bot: Author = { kind: 'assistant', id: 3, name: 'Ledgerly Assistant', avatarUrl: null };
const tomas: Author = { kind: 'agent', id: 5, name: 'Tomás Ferreira', avatarUrl: null };
const sara: Author = { kind: 'agent', id: 6, name: 'سارة حداد', avatarUrl: null };
const echo = (n: number) => `00000000-0000-4000-9000-00000000000${n}`;

const said = (kind: 'agent' | 'contact', text: string, createdAt: number) => ({
  messageId: 1,
  authorKind: kind,
  text,
  hasAttachments: false,
  createdAt,
});

const list = snapshot({
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

const messages = [
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

const many = Array.from({ length: 300 }, (_, index) =>
  message(index + 1, {
    author: index % 3 === 0 ? me : mara,
    text: `Message number ${index + 1}. ${'Some more words. '.repeat(index % 5)}`,
    createdAt: now - 3 * day + index * 10 * minute,
  }),
);

const conversationOf = (change: Partial<Snapshot>): Story => ({
  route: '1',
  snapshot: { ...conversationStory, ...change },
});

export const stories: Record<string, Story> = {
  list: { snapshot: list },
  empty: { snapshot: snapshot() },
  loading: {},
  listFailed: {
    snapshot: snapshot({
      listed: false,
      link: { name: 'reconnecting', since: now - 9000, nextTryAt: now + 9000 },
    }),
  },
  conversation: conversationOf({}),
  yellow: conversationOf({ site: { siteId: 'pluck', name: 'Pluck', color: '#ffd400' } }),
  offline: conversationOf({ link: { name: 'offline', since: now - 9000, nextTryAt: null } }),
  reconnecting: conversationOf({ link: { name: 'reconnecting', since: now - 9000, nextTryAt: now + 9500 } }),
  rateLimited: conversationOf({ link: { name: 'rateLimited', since: now - 9000, nextTryAt: now + 43_500 } }),
  silent: conversationOf({ link: { name: 'silent', since: now - 9000, nextTryAt: null } }),
  cableBlocked: conversationOf({ link: { name: 'cableBlocked', since: now - 9000, nextTryAt: null } }),
  intercepted: conversationOf({ link: { name: 'intercepted', since: now - 9000, nextTryAt: null } }),
  inboxMissing: conversationOf({ link: { name: 'inboxMissing', since: now - 9000, nextTryAt: null } }),
  gone: {
    route: '1',
    snapshot: opened(messages, { outbox: [entry(echo(1), { status: 'failed', failure: 'gone' })] }),
    after: (background) => background.patch({ type: 'conversation.removed', conversationId: 1 }),
  },
  tooLarge: {
    route: '1',
    snapshot: opened(messages, { outbox: [entry(echo(1), { status: 'failed', failure: 'tooLarge' })] }),
  },
  many: { route: '1', snapshot: opened(many) },
  scrolled: {
    route: '1',
    snapshot: opened(many),
    after: async (background) => {
      const frame = () => new Promise(requestAnimationFrame);
      // The thread settles once more when its size is told for the first time.
      await frame();
      await frame();
      document.querySelector('[role=log]')?.scrollTo({ top: 1500 });
      await frame();
      const createdAt = now - minute;
      background.patch({
        type: 'messages.changed',
        conversationId: 1,
        messages: [message(400, { createdAt })],
      });
    },
  },
  notKept: {
    route: '1',
    snapshot: opened(messages),
    after: (background, panel) => {
      background.answer = async () => ({ ok: false, error: { code: 'notSaved', message: 'full' } });
      panel.drafts.change('1', 'This one finds no place');
      panel.sendDraft('1');
    },
  },
  long: {
    route: '1',
    snapshot: opened(
      [
        message(1, { text: 'word '.repeat(300) }),
        message(2, { text: 'x'.repeat(400), author: me }),
        message(3, { text: '👍🏽' }),
        message(4, {
          text: '',
          attachments: [
            {
              id: 1,
              kind: 'file',
              url: 'https://example.com/a.pdf',
              name: 'refund-confirmation-2041.pdf',
              size: 84_000,
            },
            {
              id: 2,
              kind: 'file',
              url: 'https://example.com/b',
              name: 'a name that is much longer than the panel can show in one line.csv',
              size: 6_400_000,
            },
          ],
        }),
        message(5, { text: '', contentType: 'input_csat' }),
        message(6, {
          author: me,
          text: 'ok',
          attachments: [{ id: 3, kind: 'image', url: null, name: null, size: null }],
        }),
      ],
      { drafts: { 1: `${'Many lines\n'.repeat(12)}` } },
    ),
  },
  arabic: {
    route: '1',
    snapshot: opened(
      [
        message(1, {
          author: me,
          text: 'ظهرت رسوم مكررة للفاتورة INV-2041.',
          status: 'read',
          createdAt: now - day,
        }),
        message(2, {
          author: sara,
          text: 'مرحبًا آنا، نعتذر عن ذلك. انتهت مهلة المحاولة الأولى ثم خُصم المبلغ مرة أخرى.',
          createdAt: now - 8 * minute,
        }),
        message(3, { author: sara, text: 'ما آخر أربعة أرقام من البطاقة؟', createdAt: now - 7.5 * minute }),
        message(4, { author: me, text: '4417', createdAt: now - 6 * minute }),
        message(5, {
          author: sara,
          text: 'نعم، تبقى مدفوعة.',
          attachments: [
            { id: 1, kind: 'file', url: 'https://example.com/a', name: 'receipt-2041.pdf', size: 84_000 },
          ],
          createdAt: now - minute,
        }),
      ],
      {
        conversations: [conversation(1, { party: sara })],
        outbox: [entry(echo(1), { status: 'failed', text: 'هل تبقى الفاتورة مدفوعة؟' })],
        typing: { 1: ['يوسف'] },
      },
    ),
  },
};
