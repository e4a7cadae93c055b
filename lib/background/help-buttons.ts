// How the injected Help buttons look. All that a page's content script ever learns of a session.
import { accents } from '@/lib/core/accent';
import type { State } from '@/lib/core/state';
import type { ButtonView } from '@/lib/messaging/commands';
import type { Translate } from '@/lib/platform/types';
import type { Site } from '@/lib/site/config';

/** How many messages wait to be read in all conversations of a session. */
export function unreadCount(state: State): number {
  return Object.values(state.conversations).reduce((sum, { unread }) => sum + unread.length, 0);
}

/** The button of a site's pages, and whether the site wants it. */
export function buttonView(
  site: Site,
  unread: number,
  panelOpen: boolean,
  user: ButtonView['user'],
  translate: Translate,
): ButtonView {
  const { enabled, position, color } = site.launcher;
  const label = site.launcher.label ?? translate.text('help');
  const { fill, fillHover, fillPressed, onFill } = accents(color, 'light');
  return {
    shown: enabled,
    label,
    name: nameOf(label, unread, panelOpen, translate),
    reloadLabel: translate.text('helpReload'),
    count: unread > 9 ? '9+' : unread > 0 ? new Intl.NumberFormat(translate.locale).format(unread) : '',
    unread,
    position,
    colors: { fill, fillHover, fillPressed, onFill },
    panelOpen,
    user,
  };
}

/** What became of the identity that a page gave. */
export function userOf({ session: { identity, refusal, told } }: State): ButtonView['user'] {
  if (refusal?.reason === 'identityRefused') return 'refused';
  if (identity === null) return 'none';
  return told ? 'accepted' : 'waiting';
}

function nameOf(label: string, unread: number, panelOpen: boolean, translate: Translate): string {
  if (panelOpen) return translate.text('helpPanelOpen', { label });
  if (unread > 9) return translate.text('helpUnreadMany', { label });
  return unread > 0 ? translate.plural('helpUnread', unread, { label }) : label;
}
