// Who is asking, as the company knows them: shown, and changed field by field.
import { CircleAlert, CircleCheck } from 'lucide-preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { createDetailsModel, type DetailsModel, detailsFields } from '@/lib/panel/details-model';
import { BackButton } from './back-button';
import { usePanel } from './context';
import { DetailsFieldView } from './details-field';
import { MergeQuestion } from './merge-question';
import { StripLine } from './strip';

export function DetailsView({ moves }: { moves: string }) {
  const { panel, words } = usePanel();
  const [model] = useState(() => createDetailsModel({ contact: panel.state.contact, send: panel.send }));
  useEffect(() => model.stop, [model]);
  const heading = useRef<HTMLHeadingElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const wantsFocus = useRef(false);
  const problems = model.problems.value;
  const company = panel.state.site.value?.name ?? '';

  useEffect(() => {
    if (document.hasFocus()) heading.current?.focus();
  }, []);
  // Only after Save: nothing that comes in later takes the focus from where somebody writes.
  useEffect(() => {
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid=true]');
    if (!wantsFocus.current || !wrong) return;
    wantsFocus.current = false;
    wrong.focus();
  }, [problems]);

  return (
    <main class={`view ${moves}`}>
      <header class="header">
        <BackButton onClick={panel.back} />
        <h1 ref={heading} class="header-name" tabIndex={-1}>
          {words.text('yourDetails')}
        </h1>
      </header>
      <StripLine />
      <form
        ref={form}
        class="details"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          wantsFocus.current = !model.submit();
        }}
      >
        <div class="content">
          <div class="fields">
            <Who company={company} />
            {detailsFields.map((field) => (
              <DetailsFieldView
                key={field}
                field={field}
                value={model.values.value[field]}
                problem={problems[field] ?? null}
                company={company}
                onInput={(text) => model.type(field, text)}
              />
            ))}
          </div>
        </div>
        <footer class="action-bar">
          <Outcome model={model} company={company} />
          <button type="submit" class="primary" aria-disabled={model.state.value === 'saving'}>
            {words.text('save')}
          </button>
        </footer>
      </form>
      <Merge model={model} />
    </main>
  );
}

function Who({ company }: { company: string }) {
  const { panel, words } = usePanel();
  const contact = panel.state.contact.value;
  const name = contact?.name ?? contact?.email ?? contact?.phoneNumber;
  return (
    <div class="who">
      <p class="who-name">
        {contact?.kind === 'anonymous'
          ? words.text('signedInNot')
          : name
            ? words.text('signedInAs', { name })
            : words.text('signedIn')}
      </p>
      <p>{words.text('detailsShown', { company })}</p>
    </div>
  );
}

interface OfModel {
  model: DetailsModel;
  company: string;
}

/** What became of Save, said once. */
function Outcome({ model, company }: OfModel) {
  const { words } = usePanel();
  const state = model.state.value;
  const isBad = state === 'refused' || state === 'unreachable';
  return (
    <p class={`outcome ${isBad ? 'problem' : ''}`} role="status">
      {state === 'saved' && <CircleCheck size={16} />}
      {isBad && <CircleAlert size={16} />}
      {state === 'saving' && words.text('saving')}
      {state === 'saved' && words.text('saved')}
      {state === 'unchanged' && words.text('unchanged')}
      {state === 'refused' && words.text('detailsRefused', { company })}
      {state === 'unreachable' && words.text('detailsUnreachable')}
    </p>
  );
}

function Merge({ model }: { model: DetailsModel }) {
  const changes = model.asking.value;
  if (!changes) return null;
  const values = [changes.email, changes.phoneNumber].filter((value) => value !== undefined);
  return <MergeQuestion values={values} onYes={() => model.answer(true)} onNo={() => model.answer(false)} />;
}
