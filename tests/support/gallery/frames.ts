// What a section of the gallery is made of, and short ways to say it.
import type { Answer, MessageContent } from '@/lib/core/content';
import type { Author, FailureReason } from '@/lib/core/types';
import type { MessageView, OutboxView, Snapshot } from '@/lib/messaging/view-updates';
import type { Panel } from '@/lib/panel/panel';
import type { FakeBackground } from '../../panel/fake-background';
import { conversation, entry, mara, message, now, opened } from '../../panel/fixtures';

export interface Frame {
  title: string;
  snapshot: Snapshot;
  /** With header and composer; else the messages alone. */
  isWhole?: boolean;
  /** Once everything is drawn, one frame after the other. */
  after?: (frame: HTMLElement, panel: Panel, background: FakeBackground) => void;
}

export interface Section {
  name: string;
  frames: Frame[];
}

export const bot: Author = { kind: 'bot', id: 3, name: 'Ledgerly Bot', avatarUrl: null };
export const assistant: Author = { kind: 'assistant', id: 4, name: 'Ledgerly Assistant', avatarUrl: null };
export const nobody: Author = { kind: 'none', id: null, name: '', avatarUrl: null };

/** Across all frames: what a page holds once must have one name. */
let lastId = 0;
export const nextId = () => ++lastId;

export const say = (change: Partial<MessageView>): MessageView =>
  message(nextId(), { createdAt: now, ...change });

export const ask = (content: MessageContent, text: string, change: Partial<MessageView> = {}): MessageView =>
  say({ author: assistant, content, text, ...change });

export const frame = (
  title: string,
  messages: MessageView[],
  change: Partial<Snapshot> = {},
  rest: Partial<Frame> = {},
): Frame => ({
  title,
  snapshot: opened(messages, { conversations: [conversation(1, { party: mara })], ...change }),
  ...rest,
});

const echo = (n: number) => `00000000-0000-4000-a000-${String(n).padStart(12, '0')}`;

/** An answer of the outbox. */
export const under = (
  status: OutboxView['status'],
  { id }: MessageView,
  answer: Answer,
  failure: FailureReason | null = null,
): OutboxView =>
  entry(echo(id), { status, text: '', failure, act: { kind: 'answer', messageId: id, answer } });

export const offline: Partial<Snapshot> = { link: { name: 'offline', since: now - 9000, nextTryAt: null } };

/** Every state of an answer on its way, below the same question. */
export function statesOf(question: () => MessageView, answer: Answer): Frame[] {
  const stand = (
    title: string,
    status: OutboxView['status'],
    failure: FailureReason | null = null,
    change = {},
  ) => {
    const asked = question();
    return frame(title, [asked], { outbox: [under(status, asked, answer, failure)], ...change });
  };
  return [
    stand('Waiting to send', 'queued'),
    stand('Waiting, offline', 'queued', null, offline),
    stand('Sending', 'sending'),
    stand('Not saved', 'failed', 'refused'),
    stand('Held since the sign-out', 'held'),
    frame('Answered', [{ ...question(), answer }]),
  ];
}
