// One field of a form that a message brought: its label, what stands in it, and what is wrong with that.
import { ChevronDown, CircleAlert } from 'lucide-preact';
import { useId } from 'preact/hooks';
import type { FormField } from '@/lib/core/content';
import { type FieldProblem, maxFieldLength } from '@/lib/panel/form-model';
import type { Words } from '@/lib/panel/times';
import { usePanel } from './context';

interface FormFieldProps {
  field: FormField;
  value: string;
  problem: FieldProblem | null;
  onInput: (text: string) => void;
}

export function FormFieldView({ field, value, problem, onInput }: FormFieldProps) {
  const { words } = usePanel();
  const id = useId();
  const shared = {
    id,
    class: 'input',
    value,
    required: field.required,
    'aria-invalid': problem !== null,
    ...(problem && { 'aria-describedby': `${id}-problem` }),
    onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
  };
  const written = {
    placeholder: field.placeholder,
    maxLength: maxFieldLength,
    // An empty box takes the direction of the interface.
    dir: value === '' ? words.direction : 'auto',
  } as const;
  return (
    <div class="form-field">
      <label for={id}>
        <bdi>{field.label}</bdi>
      </label>
      {field.kind === 'textArea' ? (
        <textarea {...shared} {...written} rows={3} />
      ) : field.kind === 'select' ? (
        <span class="select">
          <select {...shared}>
            <option value="">{field.placeholder || words.text('chooseOne')}</option>
            {field.options.map((option, index) => (
              <option key={index} value={option.value}>
                {option.title}
              </option>
            ))}
          </select>
          <ChevronDown size={16} />
        </span>
      ) : field.kind === 'email' ? (
        <input {...shared} {...written} {...asEmail} />
      ) : (
        <input {...shared} {...written} type="text" />
      )}
      {problem && (
        <p id={`${id}-problem`} class="problem">
          <CircleAlert size={14} />
          <span>{problemWords(field, problem, words)}</span>
        </p>
      )}
    </div>
  );
}

/** Addresses stand from left to right in every language. Not `type=email`: the browser would judge it in words of its own. */
const asEmail = {
  type: 'text',
  inputMode: 'email',
  autocomplete: 'email',
  autocapitalize: 'none',
  spellcheck: false,
  dir: 'ltr',
} as const;

function problemWords({ label, patternHint }: FormField, problem: FieldProblem, words: Words): string {
  if (problem === 'empty') return words.text('fillIn', { label });
  if (problem === 'email') return words.text('emailForm');
  return patternHint ?? words.text('checkField', { label });
}
