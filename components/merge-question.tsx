// Whoever writes somebody else's address joins the two of them for good (contract §3.4): asked before, every time.
import { AskDialog } from './ask-dialog';
import { usePanel } from './context';

interface MergeProps {
  /** The addresses and numbers that the question is about. */
  values: readonly string[];
  onYes: () => void;
  onNo: () => void;
}

export function MergeQuestion({ values, onYes, onNo }: MergeProps) {
  const { panel, words } = usePanel();
  return (
    <AskDialog title={words.text('mergeTitle')} yes={words.text('mergeYes')} onYes={onYes} onNo={onNo}>
      {values.map((value) => (
        <p key={value} class="ask-value">
          <bdi dir="ltr">{value}</bdi>
        </p>
      ))}
      <p>{words.text('mergeText', { company: panel.state.site.value?.name ?? '' })}</p>
    </AskDialog>
  );
}
