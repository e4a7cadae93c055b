// A question that has to be answered before anything else: it lies above the whole panel, and Cancel has the focus.
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { usePanel } from './context';

interface AskDialogProps {
  title: string;
  /** The words of the button that goes on. */
  yes: string;
  /** Whether going on deletes something. */
  deletes?: boolean;
  /** Whether it stays until going on has come to its end; else it is closed before anybody hears of it. */
  waits?: boolean;
  onYes: () => void;
  /** By Cancel or Escape. */
  onNo: () => void;
  children: ComponentChildren;
}

export function AskDialog({ title, yes, deletes, waits, onYes, onNo, children }: AskDialogProps) {
  const { words } = usePanel();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const open = dialog.current;
    open?.showModal();
    // The browser gives the focus back to where it was before.
    return () => open?.close();
  }, []);
  // As long as it is open, nothing else can have the focus.
  const leave = () => {
    dialog.current?.close();
    onNo();
  };
  const goOn = () => {
    if (!waits) dialog.current?.close();
    onYes();
  };
  return (
    <dialog
      class="ask"
      ref={dialog}
      aria-labelledby={id}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        leave();
      }}
    >
      <h2 id={id}>{title}</h2>
      <div id={`${id}-text`} class="ask-text">
        {children}
      </div>
      <div class="ask-buttons">
        <button type="button" class="secondary" onClick={leave}>
          {words.text('cancel')}
        </button>
        <button type="button" class={deletes ? 'secondary deletes' : 'primary'} onClick={goOn}>
          {yes}
        </button>
      </div>
    </dialog>
  );
}
