// The messages of the open conversation, with the buttons that lead to the first new one and to the end, and the line for typing.
import { ArrowDown, ArrowUp } from 'lucide-preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { createThreadBeginning } from '@/lib/panel/thread-beginning';
import { createThreadItems, type ThreadItem } from '@/lib/panel/thread-items';
import { Bubble } from './bubble';
import { usePanel } from './context';
import { useWhenLoaded } from './lazy-interactive';
import { ResolvingLine } from './resolving-line';
import { DayLine, NewLine } from './separators';
import { JumpContext, useJumping } from './use-jump';
import { PlaceContext, useThreadScroll } from './use-thread-scroll';

interface ThreadProps {
  company: string;
  focusMessage: () => void;
}

export function Thread({ company, focusMessage }: ThreadProps) {
  const { panel, words } = usePanel();
  const { thread } = panel;
  const [beginning] = useState(() => createThreadBeginning(panel));
  useEffect(() => beginning.stop, [beginning]);
  const made = useMemo(() => createThreadItems(thread.content), [thread]).value;
  const items = useWhenLoaded(made, beginning.ready.value);
  const { log, inner, onScroll, toEnd, toNew, keepPlace } = useThreadScroll(thread, beginning, items);
  const jump = useJumping(thread, items);
  return (
    <JumpContext.Provider value={jump}>
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
            <PlaceContext.Provider value={keepPlace}>
              {items.map((item) => (
                <Item key={item.key} item={item} company={company} focusMessage={focusMessage} />
              ))}
            </PlaceContext.Provider>
          </div>
        </div>
        {beginning.newIsAbove.value && <NewButton toNew={toNew} />}
        {items.length > 0 && <JumpButton toEnd={toEnd} focusMessage={focusMessage} />}
      </div>
      <TypingLine />
    </JumpContext.Provider>
  );
}

function Item({ item, company, focusMessage }: ThreadProps & { item: ThreadItem }) {
  const { panel, words, times } = usePanel();
  switch (item.kind) {
    case 'bubble':
      return <Bubble bubble={item} company={company} focusMessage={focusMessage} />;
    case 'new':
      return <NewLine />;
    case 'day':
      return <DayLine day={times.day(item.at, panel.now.value)} isNew={item.isNew} />;
    case 'beginning':
      return <p class="line beginning">{words.text('beganOn', { date: times.date(item.at) })}</p>;
    case 'resolved':
      return (
        <p class="line line-status">
          {item.by === 'self' ? words.text('resolvedBySelf') : words.text('resolvedByTeam', { company })}
        </p>
      );
    case 'reopened':
      return <p class="line line-status">{words.text('reopened')}</p>;
    case 'resolving':
      return <ResolvingLine {...item} focusMessage={focusMessage} />;
  }
}

/** It goes with the jump, which takes the focus along. */
function NewButton({ toNew }: { toNew: () => void }) {
  const { words } = usePanel();
  return (
    <button type="button" class="jump jump-new" onClick={toNew}>
      <ArrowUp size={16} strokeWidth={2} />
      {words.text('firstNew')}
    </button>
  );
}

interface JumpProps {
  toEnd: () => void;
  focusMessage: () => void;
}

function JumpButton({ toEnd, focusMessage }: JumpProps) {
  const { panel, words } = usePanel();
  const { thread } = panel;
  if (thread.atEnd.value) return null;
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
