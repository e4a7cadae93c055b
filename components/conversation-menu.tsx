// The menu of a conversation. Only what can be done is in it; where nothing can, there is no menu.
import { CircleCheck } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { AskDialog } from './ask-dialog';
import { usePanel } from './context';
import { Menu } from './menu';
import { type CloseMenu, MenuButton } from './menu-button';

export function ConversationMore({ focusMessage }: { focusMessage: () => void }) {
  const { panel } = usePanel();
  const { conversation, content } = panel.thread;
  const { entries, saving } = content.value;
  const isResolving = [...entries, ...saving].some(({ act }) => act.kind === 'resolve');
  if (!conversation.value || conversation.value.status === 'resolved' || isResolving) return null;
  return <MenuButton>{(close) => <ConversationMenu close={close} focusMessage={focusMessage} />}</MenuButton>;
}

interface ConversationMenuProps {
  close: CloseMenu;
  focusMessage: () => void;
}

function ConversationMenu({ close, focusMessage }: ConversationMenuProps) {
  const { panel, words } = usePanel();
  const [asks, setAsks] = useState(false);
  const resolve = () => {
    const key = panel.thread.key.peek();
    close(false);
    if (key !== null) void panel.outbox.act(key, { kind: 'resolve' }, false);
    // The menu goes with what it did.
    focusMessage();
  };
  if (asks)
    return (
      <AskDialog
        title={words.text('resolveTitle')}
        yes={words.text('markResolved')}
        onYes={resolve}
        onNo={() => close(true)}
      >
        <p>{words.text('resolveText')}</p>
      </AskDialog>
    );
  return (
    <Menu close={close}>
      {(choose) => (
        <button type="button" role="menuitem" tabIndex={-1} onClick={choose(() => setAsks(true))}>
          <CircleCheck size={16} />
          {words.text('markResolved')}
        </button>
      )}
    </Menu>
  );
}
