// Whole conversations, in every state that one can be in.
import type { ConversationView, OutboxView, Snapshot } from '@/lib/messaging/view-updates';
import { conversation, entry, mara, me, minute, now } from '../../panel/fixtures';
import { assistant, bot, type Frame, frame, nobody, offline, type Section, say } from './frames';

const talk = () => [
  say({ author: me, text: 'Two charges for invoice 2041?', createdAt: now - 9 * minute }),
  say({ text: 'I have refunded one of them.', createdAt: now - 4 * minute }),
];

function whole(
  title: string,
  change: Partial<ConversationView>,
  rest: Partial<Snapshot> = {},
  after?: Frame['after'],
): Frame {
  const snapshot = { conversations: [conversation(1, { party: mara, ...change })], ...rest };
  return frame(title, talk(), snapshot, { isWhole: true, ...(after && { after }) });
}

const resolving = (status: OutboxView['status'], change: Partial<Snapshot> = {}): Partial<Snapshot> => ({
  outbox: [entry('00000000-0000-4000-c000-000000000001', { status, text: '', act: { kind: 'resolve' } })],
  ...change,
});

export const stateSection: Section = {
  name: 'Conversations',
  frames: [
    whole('Pending, with a bot', { status: 'pending', party: bot }),
    whole('Snoozed', { status: 'snoozed', party: assistant }),
    whole('Resolved by the team', { status: 'resolved' }),
    whole('Resolved here', { status: 'resolved', resolvedHere: true }),
    whole(
      'Resolved, then written in',
      { status: 'resolved' },
      {
        outbox: [entry('00000000-0000-4000-c000-000000000002', { text: 'It came back' })],
      },
    ),
    whole('Marked as resolved', {}, resolving('queued')),
    whole('Marked as resolved, offline', {}, resolving('queued', offline)),
    whole('Not marked as resolved', {}, resolving('failed')),
    whole('Reopened', { status: 'resolved' }, {}, (_element, _panel, background) =>
      background.patch({ type: 'conversation.changed', conversation: conversation(1, { party: mara }) }),
    ),
    whole('Before anybody answered', { party: null }),
    whole('Gone', {}, {}, (_element, _panel, background) =>
      background.patch({ type: 'conversation.removed', conversationId: 1 }),
    ),
    frame('Templates: greeting, out of office, auto-resolve', [
      say({ author: nobody, text: 'Hello! We usually answer within minutes.' }),
      say({
        author: nobody,
        text: 'We are out of office. We are back tomorrow at 09:00.',
        createdAt: now + 6 * minute,
      }),
      say({
        author: nobody,
        text: 'Nobody has written for a while, so this was resolved.',
        createdAt: now + 12 * minute,
      }),
    ]),
    // Last: nothing after it takes the focus, with which it closes.
    whole('Open, its menu', {}, {}, (element) =>
      element.querySelector<HTMLElement>('.more > button')?.click(),
    ),
  ],
};
