// Asks before everything of this company is deleted from this browser. What is shown goes by the background's word.
import { useState } from 'preact/hooks';
import { AskDialog } from './ask-dialog';
import { usePanel } from './context';

export function ForgetDialog({ close }: { close: () => void }) {
  const { panel, words } = usePanel();
  const [hasFailed, setFailed] = useState(false);
  const company = panel.state.site.value?.name ?? '';
  const forget = async () => {
    setFailed(false);
    const result = await panel.send({ type: 'session.forget' });
    if (result.ok) close();
    else setFailed(true);
  };
  return (
    <AskDialog
      title={words.text('forgetTitle')}
      yes={words.text('forgetYes')}
      deletes
      waits
      onYes={() => void forget()}
      onNo={close}
    >
      <p>{words.text('forgetText', { company })}</p>
      {hasFailed && (
        <p class="problem" role="alert">
          {words.text('forgetFailed')}
        </p>
      )}
    </AskDialog>
  );
}
