// The emoji to choose from, by pointer and by keyboard: one search, one grid that the arrows move in.
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { usePanel } from './context';
import { type Emoji, type EmojiGroups, loadEmoji, search } from './emoji-list';

/** What was chosen since the panel's page was opened, newest first. */
const recent = signal<readonly Emoji[]>([]);
const mostRecent = 16;

interface EmojiGridProps {
  choose: (emoji: string) => void;
  /** @param returnFocus whether the focus goes back to the button, because nothing else has taken it. */
  close: (returnFocus: boolean) => void;
}

export function EmojiGrid({ choose, close }: EmojiGridProps) {
  const { words } = usePanel();
  const [groups, setGroups] = useState<EmojiGroups>([]);
  const [query, setQuery] = useState('');
  const popover = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    let wanted = true;
    loadEmoji(words.locale).then((loaded) => wanted && setGroups(loaded));
    return () => {
      wanted = false;
    };
  }, [words.locale]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const isSearch = event.target === field.current;
    if (event.key === 'Escape') close(true);
    else if (!isSearch || event.key === 'ArrowDown') {
      const next = emojiBy(event.key, popover.current, words.direction === 'rtl');
      if (!next) return;
      next.focus();
    } else return;
    event.preventDefault();
  };
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    if (!popover.current?.contains(relatedTarget as Node | null)) close(false);
  };
  const take = (emoji: Emoji) => {
    recent.value = [emoji, ...recent.value.filter((other) => other.emoji !== emoji.emoji)].slice(
      0,
      mostRecent,
    );
    choose(emoji.emoji);
  };
  const names = [
    words.text('emojiSmileys'),
    words.text('emojiPeople'),
    words.text('emojiNature'),
    words.text('emojiFood'),
    words.text('emojiPlaces'),
    words.text('emojiActivities'),
    words.text('emojiObjects'),
    words.text('emojiSymbols'),
    words.text('emojiFlags'),
  ];
  const isSearching = query.trim() !== '';
  const found = isSearching ? search(groups, query) : [];
  const all = [
    { name: words.text('emojiRecent'), list: recent.value },
    ...groups.map((list, index) => ({ name: names[index] ?? '', list })),
  ];
  const shown = isSearching ? [{ name: words.text('emoji'), list: found }] : all;
  return (
    <div
      ref={popover}
      class="emoji-popover"
      role="dialog"
      aria-label={words.text('emoji')}
      onKeyDown={onKeyDown}
      onFocusOut={onFocusOut}
    >
      <input
        ref={field}
        type="search"
        class="input"
        aria-label={words.text('searchEmoji')}
        placeholder={words.text('searchEmoji')}
        value={query}
        onInput={({ currentTarget }) => setQuery(currentTarget.value)}
      />
      <div class="emoji-groups">
        {isSearching && found.length === 0 && (
          <p class="emoji-none" role="status">
            {words.text('noEmoji')}
          </p>
        )}
        {shown.map(
          ({ name, list }, index) =>
            list.length > 0 && (
              <Group key={name} name={name} list={list} isFirst={index === firstOf(shown)} take={take} />
            ),
        )}
      </div>
    </div>
  );
}

function firstOf(shown: readonly { list: readonly Emoji[] }[]): number {
  return shown.findIndex(({ list }) => list.length > 0);
}

interface GroupProps {
  name: string;
  list: readonly Emoji[];
  /** Its first emoji is where Tab leads; the arrows lead on. */
  isFirst: boolean;
  take: (emoji: Emoji) => void;
}

function Group({ name, list, isFirst, take }: GroupProps) {
  return (
    <fieldset class="emoji-group">
      <legend>{name}</legend>
      {list.map((each, index) => (
        <button
          key={each.emoji}
          type="button"
          class="emoji-choice"
          aria-label={each.name}
          title={each.name}
          tabIndex={isFirst && index === 0 ? 0 : -1}
          onClick={() => take(each)}
        >
          {each.emoji}
        </button>
      ))}
    </fieldset>
  );
}

/** The emoji to which a key leads; from outside the grid, the first. */
function emojiBy(key: string, popover: HTMLElement | null, isRtl: boolean): HTMLElement | undefined {
  const all = [...(popover?.querySelectorAll<HTMLElement>('.emoji-choice') ?? [])];
  const at = all.indexOf(document.activeElement as HTMLElement);
  if (key === 'Home' || (key === 'ArrowDown' && at < 0)) return all[0];
  if (key === 'End') return all.at(-1);
  if (key === (isRtl ? 'ArrowRight' : 'ArrowLeft')) return all[at - 1];
  if (key === (isRtl ? 'ArrowLeft' : 'ArrowRight')) return all[at + 1];
  const from = all[at];
  if (!from || (key !== 'ArrowDown' && key !== 'ArrowUp')) return undefined;
  // The rows are as the width makes them: the next one is the nearest that stands lower or higher, in the same column.
  const isNext = (each: HTMLElement) =>
    key === 'ArrowDown' ? each.offsetTop > from.offsetTop : each.offsetTop < from.offsetTop;
  const ahead = key === 'ArrowDown' ? all.slice(at + 1) : all.slice(0, at).reverse();
  const row = ahead.find(isNext)?.offsetTop;
  const distance = (each: HTMLElement) => Math.abs(each.offsetLeft - from.offsetLeft);
  return ahead.filter((each) => each.offsetTop === row).sort((a, b) => distance(a) - distance(b))[0];
}
