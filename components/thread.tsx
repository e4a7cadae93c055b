// The messages of the open conversation, with the button that leads back to the end and the line for typing.
import { ArrowDown } from 'lucide-preact';
import { Bubble } from './bubble';
import { usePanel } from './context';
import { DayLine, NewLine } from './separators';
import { useThreadScroll } from './use-thread-scroll';

interface ThreadProps {
  company: string;
  focusMessage: () => void;
}

export function Thread({ company, focusMessage }: ThreadProps) {
  const { panel, words, times } = usePanel();
  const { thread } = panel;
  const items = thread.items.value;
  const now = panel.now.value;
  const { log, inner, onScroll, toEnd, keepPlace } = useThreadScroll(thread, items);
  return (
    <>
      <div class="thread-area">
        <div
          ref={log}
          class="log"
          role="log"
          aria-label={words.text('messages')}
          aria-busy={thread.loadingOlder.value}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
          onScroll={onScroll}
        >
          <div ref={inner} class="thread">
            {thread.hasOlder.value && (
              <p class="line older">{thread.loadingOlder.value && words.text('loadingEarlier')}</p>
            )}
            {items.map((item) => {
              if (item.kind === 'bubble')
                return (
                  <Bubble
                    key={item.key}
                    bubble={item}
                    company={company}
                    focusMessage={focusMessage}
                    keepPlace={keepPlace}
                  />
                );
              if (item.kind === 'new') return <NewLine key={item.key} />;
              if (item.kind === 'day')
                return <DayLine key={item.key} day={times.day(item.at, now)} isNew={item.isNew} />;
              return (
                <p key={item.key} class="line">
                  {words.text('beganOn', { date: times.date(item.at) })}
                </p>
              );
            })}
          </div>
        </div>
        <JumpButton toEnd={toEnd} focusMessage={focusMessage} />
      </div>
      <TypingLine />
    </>
  );
}

interface JumpProps {
  toEnd: () => void;
  focusMessage: () => void;
}

function JumpButton({ toEnd, focusMessage }: JumpProps) {
  const { panel, words } = usePanel();
  const { thread } = panel;
  if (thread.atEnd.value || thread.items.value.length === 0) return null;
  const count = thread.newCount.value;
  // The button goes with the jump; the focus must not be lost with it.
  const jump = () => {
    toEnd();
    focusMessage();
  };
  return (
    <button type="button" class="jump" onClick={jump}>
      <ArrowDown size={16} strokeWidth={2} />
      {count > 0 ? words.plural('newMessages', count) : words.text('latestMessages')}
    </button>
  );
}

/** Always takes its place, so that nothing jumps when somebody begins to type. */
function TypingLine() {
  const { panel, words } = usePanel();
  const [agent, other, third] = panel.thread.typing.value;
  return (
    <p class="typing">
      {agent !== undefined && (
        <>
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span class="typing-words">
            {third !== undefined
              ? words.text('typingSeveral')
              : other !== undefined
                ? words.text('typingTwo', { agent, other })
                : words.text('typingOne', { agent })}
          </span>
        </>
      )}
    </p>
  );
}
