// What has to do with who is asking, in a chunk of its own, and the button that leads there.
import { lazy } from './lazy';
import { MenuButton } from './menu-button';

const contact = lazy(() => import('./contact-views'));

export const loadContact = contact.load;
export const LazyDetails = contact.view((module) => module.DetailsView);
export const LazyEarlierRow = contact.view((module) => module.EarlierRow);
export const LazyEarlierHeader = contact.view((module) => module.EarlierHeader);
export const LazyEarlierNote = contact.view((module) => module.EarlierNote);
const LazyMenu = contact.view((module) => module.ListMenu);

/** The button of the list's menu. */
export function More() {
  return (
    <MenuButton leadsTo="details" onNear={contact.load}>
      {(close) => <LazyMenu close={close} />}
    </MenuButton>
  );
}
