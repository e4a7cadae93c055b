// A form of a message as a card: label above each field, what is wrong below it, one button at the end. What is typed stays with
// the panel until it is sent.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FormField } from '@/lib/core/content';
import { type FieldProblem, type FormValues, fieldValue, problemsOf } from '@/lib/panel/form-model';
import { usePanel } from './context';
import { FormFieldView } from './form-field';
import { RichText } from './rich-text';

export interface FormCardProps {
  messageId: number;
  title: string;
  fields: readonly FormField[];
  button: string;
  /** Everything that has to be there is, and is as such things are written. */
  onSend: (values: FormValues) => void;
}

export function FormCard({ messageId, title, fields, button, onSend }: FormCardProps) {
  const { panel } = usePanel();
  const [values, setValues] = useState(() => panel.filling.get(messageId) ?? {});
  const [problems, setProblems] = useState<Record<number, FieldProblem>>({});
  const form = useRef<HTMLFormElement>(null);
  const wantsFocus = useRef(false);
  useEffect(() => {
    if (wantsFocus.current) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    wantsFocus.current = false;
  }, [problems]);

  // A browser that fills in a form itself changes several fields before anything is drawn again.
  const typed = (): FormValues => panel.filling.get(messageId) ?? {};
  const type = (index: number, text: string) => {
    const next = { ...typed(), [index]: text };
    panel.filling.set(messageId, next);
    setValues(next);
    setProblems(({ [index]: _solved, ...others }) => others);
  };
  const submit = () => {
    const found = problemsOf(fields, typed());
    wantsFocus.current = true;
    setProblems(found);
    if (Object.keys(found).length === 0) onSend(typed());
  };
  return (
    <form
      ref={form}
      class="card card-padded"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
      }}
    >
      {title && (
        // biome-ignore lint/a11y/useSemanticElements: a heading of HTML may not hold blocks
        <div role="heading" aria-level={2} class="card-title">
          <RichText text={title} />
        </div>
      )}
      {fields.map((field, index) => (
        <FormFieldView
          key={index}
          field={field}
          value={fieldValue(field, index, values)}
          problem={problems[index] ?? null}
          onInput={(text) => type(index, text)}
        />
      ))}
      <button type="submit" class="primary">
        {button}
      </button>
    </form>
  );
}
