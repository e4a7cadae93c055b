// How a question of a message stands: answered or not, by what, and what became of that answer. Pure; the thread's bubbles
// are made of it.
import type { Answer, MessageContent } from '@/lib/core/content';
import { plainWords } from '@/lib/core/plain-words';
import type { EpochMs, FailureReason } from '@/lib/core/types';
import type { MessageView, OutboxView } from '@/lib/messaging/view-updates';
import type { Saving } from './outbox-model';

/** How something of one's own stands on its way; `sent`: the server has it. */
export type SendingState =
  | 'saving'
  | 'queued'
  | 'queuedOffline'
  | 'sending'
  | 'uncertain'
  | 'failed'
  | 'held'
  | 'sent';

export interface Given {
  answer: Answer;
  state: SendingState;
  /** Null once the server has it. */
  echoId: string | null;
  /** When it was given; null: nobody knows. */
  at: EpochMs | null;
  failure: FailureReason | null;
}

export interface Acts {
  entries: readonly OutboxView[];
  saving: readonly Saving[];
  offline: boolean;
}

/** How an outbox entry stands. An act that may be repeated is sent again by itself, so that there is no doubt to tell of. */
export function entryState({ status, act }: OutboxView, offline: boolean): SendingState {
  const state = status === 'uncertain' && act.kind !== 'message' ? 'queued' : status;
  return state === 'queued' && offline ? 'queuedOffline' : state;
}

/** What the panel itself is handing over; `failed`: the background could not keep it. */
export function savingState({ lost }: Saving): SendingState {
  return lost ? 'failed' : 'saving';
}

/** The newest answer to each message that is not with the server yet, by the message's id. */
export function answersUnderWay({ entries, saving, offline }: Acts): Map<number, Given> {
  const found = new Map<number, Given>();
  for (const entry of entries) {
    const { act, echoId, queuedAt, failure } = entry;
    if (act.kind !== 'answer') continue;
    const state = entryState(entry, offline);
    found.set(act.messageId, { answer: act.answer, state, echoId, at: queuedAt, failure });
  }
  for (const each of saving) {
    const { act, echoId, at } = each;
    if (act.kind !== 'answer') continue;
    found.set(act.messageId, { answer: act.answer, state: savingState(each), echoId, at, failure: null });
  }
  return found;
}

/** The answer that the server has. */
export function storedAnswer({ answer }: MessageView): Given | null {
  return answer && { answer, state: 'sent', echoId: null, at: null, failure: null };
}

/** An answer in the words that its question gave to it. */
export function answerWords(answer: Answer, content: MessageContent): string {
  switch (answer.kind) {
    case 'option':
      return answer.option.title;
    case 'email':
      return answer.email;
    case 'rating':
      return [`${answer.rating}`, answer.comment].filter(Boolean).join('\n');
    case 'fields': {
      const asked = content.kind === 'form' ? content.fields : [];
      const lines = answer.fields.flatMap(({ name, value }) => {
        const field = asked.find((each) => each.name === name);
        const title = field?.options.find((option) => option.value === value)?.title ?? value;
        return value === '' ? [] : [`${field?.label ?? name}: ${title}`];
      });
      return lines.join('\n') || '–';
    }
  }
}

/** A question as it is named where it is not shown: without the marks of its markup. */
export function questionNamed(text: string): string {
  return plainWords(text);
}
