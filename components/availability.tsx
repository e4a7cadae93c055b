// Whether somebody is there, under the company's name: a mark and words, never the mark alone. Keeps its place where there is
// nothing to say.
import type { Author } from '@/lib/core/types';
import { usePanel } from './context';

export function AvailabilityLine() {
  const { panel, words } = usePanel();
  const { name } = panel.state.availability.value;
  const back = useBack('back');
  const text = name === 'here' || name === 'away' ? words.text(name) : back;
  return (
    <p class="header-company availability" title={text ?? ''}>
      {text && (
        <>
          <i class={name} />
          {text}
        </>
      )}
    </p>
  );
}

/** Whether this very person is there. */
export function useIsOnline(party: Author | null): boolean {
  const { onlineIds } = usePanel().panel.state.availability.value;
  return party?.kind === 'agent' && party.id !== null && onlineIds.includes(party.id);
}

/** When the company is back, in the words whose keys begin with `key`; null: it is not closed, or nobody knows until when. */
export function useBack(key: string, company = ''): string | null {
  const { panel, words, times } = usePanel();
  const { opensAt } = panel.state.availability.value;
  if (opensAt === null) return null;
  const { ending, values } = times.toCome(opensAt, panel.now.value);
  return words.text(key + ending, { ...values, company });
}
