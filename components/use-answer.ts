// Gives an answer to a message of the open conversation: painted at once, and kept by the background.
import type { Answer } from '@/lib/core/content';
import { usePanel } from './context';

/** What a view needs that asks for an answer. The question it stands for never changes its id. */
export interface AskingProps {
  messageId: number;
  /** What asks goes with its answer; the focus must not be lost with it. */
  focusMessage: () => void;
}

/** @returns what gives the answer. `mayMerge`: the person was told that an e-mail address may join them with somebody. */
export function useAnswer({
  messageId,
  focusMessage,
}: AskingProps): (answer: Answer, mayMerge?: boolean) => void {
  const { panel } = usePanel();
  return (answer, mayMerge = false) => {
    const key = panel.thread.key.peek();
    if (key === null) return;
    void panel.outbox.act(key, { kind: 'answer', messageId, answer }, mayMerge);
    focusMessage();
  };
}
