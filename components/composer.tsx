// The place to write. Shows the draft of its conversation and sends it; while the box has the focus, nothing from
// elsewhere changes it.
import { ArrowUp } from 'lucide-preact';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import type { ConversationKey } from '@/lib/core/types';
import { countCharacters, maxMessageLength } from '@/lib/panel/characters';
import { useBack, useIsOnline } from './availability';
import { usePanel } from './context';
import { EmojiButton } from './emoji-button';
import { focusMessageBeside } from './focus-message';

/** From here on the box tells how many characters are left. */
const counterFrom = 140_000;
const growsByItself = CSS.supports('field-sizing', 'content');

interface ComposerProps {
  conversationKey: ConversationKey;
  message: RefObject<HTMLTextAreaElement | null>;
}

export function Composer({ conversationKey, message }: ComposerProps) {
  const { panel, words } = usePanel();
  const { drafts, outbox, thread } = panel;
  const text = drafts.texts.value.get(conversationKey) ?? '';
  const left = text.length < counterFrom ? null : maxMessageLength - countCharacters(text.trim());
  const isEmpty = text.trim() === '';
  const isOff = isEmpty || (left !== null && left < 0);
  const back = useBack('answerFrom');
  const answerFrom = useIsOnline(thread.conversation.value?.party ?? null) ? null : back;
  const isResolved = thread.conversation.value?.status === 'resolved';

  useLayoutEffect(() => {
    if (!growsByItself && message.current) fitHeight(message.current, text);
  }, [text, message]);
  useEffect(() => () => drafts.focused(null), [drafts]);

  const change = (changed: string) => {
    outbox.clearNotice();
    drafts.change(conversationKey, changed);
  };
  const send = () => {
    panel.sendDraft(conversationKey);
    message.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (focusMessageBeside(event)) return;
    // 229: browsers report the key that ends a composition this way.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || composing) return;
    event.preventDefault();
    send();
  };

  return (
    <footer class="composer">
      {outbox.notKept.value === conversationKey && (
        <p class="not-kept" role="alert">
          {words.text('notKept')}
        </p>
      )}
      <div class="composer-box">
        <textarea
          ref={message}
          // What grows by itself needs none; elsewhere the longest placeholder takes two.
          rows={answerFrom && !isResolved ? 2 : 1}
          aria-label={words.text('message')}
          placeholder={isResolved ? words.text('writeToReopen') : (answerFrom ?? words.text('writeMessage'))}
          // An empty box takes the direction of the interface, so that the placeholder stands right.
          dir={text === '' ? words.direction : 'auto'}
          value={text}
          onInput={({ currentTarget }) => change(currentTarget.value)}
          onKeyDown={onKeyDown}
          onFocus={() => drafts.focused(conversationKey)}
          onBlur={() => drafts.focused(null)}
        />
        <div class="tools">
          <EmojiButton message={message} change={change} />
          {left !== null && (
            <span class={left < 0 ? 'counter over' : 'counter'}>
              {left < 0 ? words.plural('charactersOver', -left) : words.plural('charactersLeft', left)}
            </span>
          )}
          <button
            type="button"
            class="send"
            aria-label={words.text('send')}
            aria-disabled={isOff}
            {...(isEmpty ? { title: words.text('sendEmpty') } : {})}
            onClick={send}
          >
            <ArrowUp size={18} strokeWidth={2} />
          </button>
        </div>
      </div>
    </footer>
  );
}

/** Where CSS cannot: as high as its text, up to the most that the style sheet allows. */
function fitHeight(box: HTMLTextAreaElement, text: string): void {
  box.style.blockSize = 'auto';
  if (text !== '') box.style.blockSize = `${box.scrollHeight}px`;
}
