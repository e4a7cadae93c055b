// A form that a message brought, and the question for an e-mail address, which is one of a single field. An address may join
// the person with whoever has it (contract §3.4): asked before, unless it is proven who they are.
import { useState } from 'preact/hooks';
import type { FormField } from '@/lib/core/content';
import { answerOf, type FormValues } from '@/lib/panel/form-model';
import { usePanel } from './context';
import { FormCard } from './form-card';
import { MergeQuestion } from './merge-question';
import { type AskingProps, useAnswer } from './use-answer';

interface FormProps extends AskingProps {
  title: string;
  fields: readonly FormField[];
  buttonLabel: string | null;
}

export function Form({ title, fields, buttonLabel, ...asking }: FormProps) {
  const { words } = usePanel();
  const answer = useAnswer(asking);
  return (
    <FormCard
      messageId={asking.messageId}
      title={title}
      fields={fields}
      button={buttonLabel ?? words.text('sendDetails')}
      onSend={(values) => answer(answerOf(fields, values))}
    />
  );
}

export function EmailForm({ title, ...asking }: AskingProps & { title: string }) {
  const { panel, words } = usePanel();
  const answer = useAnswer(asking);
  const [email, setEmail] = useState<string | null>(null);
  const give = (address: string, mayMerge: boolean) => answer({ kind: 'email', email: address }, mayMerge);
  const send = (values: FormValues) => {
    const address = values[0]?.trim() ?? '';
    if (panel.state.contact.peek()?.kind === 'proven') give(address, false);
    else setEmail(address);
  };
  return (
    <>
      <FormCard
        messageId={asking.messageId}
        title={title}
        fields={[{ ...emailField, label: words.text('fieldEmail') }]}
        button={words.text('sendDetails')}
        onSend={send}
      />
      {email !== null && (
        <MergeQuestion values={[email]} onYes={() => give(email, true)} onNo={() => setEmail(null)} />
      )}
    </>
  );
}

const emailField: FormField = {
  name: 'email',
  kind: 'email',
  label: '',
  placeholder: '',
  initial: '',
  required: true,
  // Of the protocol.
  pattern: '.{1,255}',
  patternHint: null,
  options: [],
};
