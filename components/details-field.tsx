// One line of one's details: its label, what stands there, and what is to be said of it.
import { CircleAlert } from 'lucide-preact';
import { useId } from 'preact/hooks';
import { type DetailsField, type DetailsProblem, maxDetailLength } from '@/lib/panel/details-model';
import { usePanel } from './context';

interface DetailsFieldProps {
  field: DetailsField;
  value: string;
  problem: DetailsProblem | null;
  company: string;
  onInput: (text: string) => void;
}

/** Addresses and numbers stand from left to right in every language. */
const kinds = {
  name: { type: 'text', autocomplete: 'name' },
  email: { type: 'text', inputMode: 'email', autocomplete: 'email', autocapitalize: 'none', dir: 'ltr' },
  phoneNumber: { type: 'tel', autocomplete: 'tel', dir: 'ltr' },
} as const;

export function DetailsFieldView({ field, value, problem, company, onInput }: DetailsFieldProps) {
  const { words } = usePanel();
  const id = useId();
  const { label, hint } = useLabels(field);
  const said = useProblemWords(field, problem, company);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        // An empty box takes the direction of the interface.
        dir={value === '' ? words.direction : 'auto'}
        {...kinds[field]}
        id={id}
        spellcheck={false}
        value={value}
        aria-invalid={problem !== null}
        {...((said || hint) && { 'aria-describedby': `${id}-said` })}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p id={`${id}-said`} class={said ? 'problem' : 'hint'} {...(said && { role: 'alert' })}>
        {said && <CircleAlert size={14} />}
        {said || hint}
      </p>
    </div>
  );
}

function useLabels(field: DetailsField): { label: string; hint: string } {
  const { words } = usePanel();
  if (field === 'name') return { label: words.text('fieldName'), hint: '' };
  return field === 'email'
    ? { label: words.text('fieldEmail'), hint: words.text('fieldEmailHint') }
    : { label: words.text('fieldPhone'), hint: words.text('fieldPhoneHint') };
}

function useProblemWords(field: DetailsField, problem: DetailsProblem | null, company: string): string {
  const { words } = usePanel();
  switch (problem) {
    case null:
      return '';
    case 'notRemovable':
      return words.text('notRemovable');
    case 'tooLong':
      return words.text('detailTooLong', { n: maxDetailLength });
    case 'form':
      return field === 'email' ? words.text('emailForm') : words.text('phoneForm');
    case 'refused':
      if (field === 'name') return words.text('nameRefused', { company });
      return field === 'email'
        ? words.text('emailRefused', { company })
        : words.text('phoneRefused', { company });
  }
}
