// The lines between messages: days, and where the unread ones begin.
import { usePanel } from './context';
import { memo } from './memo';

export const DayLine = memo(({ day, isNew }: { day: string; isNew: boolean }) => (
  <p class={isNew ? 'separator new-line' : 'separator'}>
    <span>{day}</span>
    {isNew && <NewWord />}
  </p>
));

export const NewLine = memo(() => (
  <p class="separator new-line">
    <NewWord />
  </p>
));

function NewWord() {
  const { words } = usePanel();
  return <b class="new-word">{words.text('newLine')}</b>;
}
