// The menu of the list: who is asking, and forgetting them.
import { Trash, UserRound } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { usePanel } from './context';
import { ForgetDialog } from './forget-dialog';
import { Menu } from './menu';
import type { CloseMenu } from './menu-button';

export function ListMenu({ close }: { close: CloseMenu }) {
  const { panel, words } = usePanel();
  const [forgets, setForgets] = useState(false);
  if (forgets) return <ForgetDialog close={() => close(true)} />;
  return (
    <Menu close={close}>
      {(choose) => (
        <>
          <button type="button" role="menuitem" tabIndex={-1} onClick={choose(panel.openDetails)}>
            <UserRound size={16} />
            {words.text('yourDetails')}
          </button>
          <button type="button" role="menuitem" tabIndex={-1} onClick={choose(() => setForgets(true))}>
            <Trash size={16} />
            {words.text('forgetMe')}
          </button>
        </>
      )}
    </Menu>
  );
}
