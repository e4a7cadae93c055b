// One row of the list: who, when, the last words, what is unread. Draws again only when one of these changed.
import { CircleCheck } from 'lucide-preact';
import type { ListRow } from '@/lib/panel/list-model';
import type { Words } from '@/lib/panel/times';
import { Avatar } from './avatar';
import { Badge } from './badge';
import { usePanel } from './context';
import { memo } from './memo';

interface ListRowProps {
  row: ListRow;
  company: string;
  time: string;
  spokenTime: string;
}

export const ListRowView = memo(({ row, company, time, spokenTime }: ListRowProps) => {
  const { panel, words } = usePanel();
  const name = row.party?.name || company;
  const text = row.text || (row.file ? fileWords(row.file, words) : '');
  const prefix = usePrefix(row.prefix);
  const spoken = [
    name,
    row.unread > 0 && words.plural('unreadMessages', row.unread),
    row.resolved && words.text('resolved'),
    [prefix, text].filter(Boolean).join(' '),
    spokenTime,
  ];
  return (
    <li>
      <button
        type="button"
        class={`row ${row.unread > 0 ? 'unread' : ''}`}
        data-key={row.key}
        aria-label={spoken.filter(Boolean).join(', ')}
        onClick={() => panel.openConversation(row.key)}
      >
        <Avatar person={row.party} size="large" />
        <span class="row-name" title={name}>
          {name}
        </span>
        <span class="row-time">
          {row.resolved && (
            <>
              <CircleCheck size={14} /> {words.text('resolved')}
              {time && ' · '}
            </>
          )}
          {time}
        </span>
        <span class="row-preview">
          {prefix && <span class={`prefix-${row.prefix}`}>{prefix}</span>} <bdi>{text}</bdi>
        </span>
        <Badge count={row.unread} />
      </button>
    </li>
  );
});

function fileWords({ kind, name }: NonNullable<ListRow['file']>, words: Words): string {
  if (kind === 'image') return words.text('photo');
  if (kind === 'audio') return words.text('voiceMessage');
  return name ? words.text('fileNamed', { name }) : words.text('file');
}

function usePrefix(prefix: ListRow['prefix']): string {
  const { words } = usePanel();
  if (prefix === 'draft') return words.text('draftPrefix');
  if (prefix === 'you') return words.text('youPrefix');
  return prefix === 'notSent' ? words.text('notSentPrefix') : '';
}
