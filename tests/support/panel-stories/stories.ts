// The states of the panel that are worth looking at.
import type { AvailabilityView } from '@/lib/core/types';
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
import { anAttachment } from '../attachments';
import { contactStories } from './contact-stories';
import { conversationOf, echo, list, messages, type Story, sara } from './contents';

const many = Array.from({ length: 300 }, (_, index) =>
  message(index + 1, {
    author: index % 3 === 0 ? me : mara,
    text: `Message number ${index + 1}. ${'Some more words. '.repeat(index % 5)}`,
    createdAt: now - 3 * day + index * 10 * minute,
  }),
);

const closedUntilTomorrow: AvailabilityView = {
  name: 'closed',
  opensAt: new Date(2026, 10, 24, 9).getTime(),
  onlineIds: [],
};

export const stories: Record<string, Story> = {
  ...contactStories,
  list: { snapshot: list },
  here: { snapshot: { ...list, availability: { name: 'here', opensAt: null, onlineIds: [7] } } },
  away: { snapshot: { ...list, availability: { name: 'away', opensAt: null, onlineIds: [] } } },
  closed: { snapshot: { ...list, availability: closedUntilTomorrow } },
  closedWithOthers: {
    snapshot: {
      ...list,
      others: [{ siteId: 'pluck', name: 'Pluck', unread: 2 }],
      availability: closedUntilTomorrow,
    },
  },
  conversationOnline: conversationOf({ availability: { name: 'here', opensAt: null, onlineIds: [7] } }),
  conversationClosed: conversationOf({ availability: closedUntilTomorrow, drafts: {} }),
  empty: { snapshot: snapshot() },
  loading: {},
  listFailed: {
    snapshot: snapshot({
      listed: false,
      link: { name: 'reconnecting', since: now - 9000, nextTryAt: now + 9000 },
    }),
  },
  conversation: conversationOf({}),
  yellow: conversationOf({ site: { siteId: 'pluck', sessionId: 'own', name: 'Pluck', color: '#ffd400' } }),
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
  newAbove: {
    route: '1',
    snapshot: opened(many, {
      conversations: [conversation(1, { unread: many.slice(200).map(({ id }) => id) })],
    }),
    after: async () => {
      const frame = () => new Promise(requestAnimationFrame);
      while (!document.querySelector('.new-line')) await frame();
      // The thread settles once more when its size is told for the first time.
      await frame();
      await frame();
      document.querySelector('[role=log]')?.scrollBy({ top: 1500 });
      await frame();
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
            anAttachment(1, {
              url: 'https://example.com/a.pdf',
              name: 'refund-confirmation-2041.pdf',
              size: 84_000,
            }),
            anAttachment(2, {
              url: 'https://example.com/b',
              name: 'a name that is much longer than the panel can show in one line.csv',
              size: 6_400_000,
            }),
          ],
        }),
        message(5, { text: '' }),
        message(6, {
          author: me,
          text: 'ok',
          attachments: [anAttachment(3, { kind: 'image' })],
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
            anAttachment(1, { url: 'https://example.com/a', name: 'receipt-2041.pdf', size: 84_000 }),
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
