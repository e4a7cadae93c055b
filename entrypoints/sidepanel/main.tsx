// Wiring of the panel's page: gives the models the browser's facilities and draws them. Decides nothing.
import { render } from 'preact';
import { App } from '@/components/app';
import type { Panel } from '@/lib/panel/panel';
import { createPanelPlace } from '@/lib/panel/panel-place';
import { createTimes } from '@/lib/panel/times';
import { createTranslate } from '@/lib/platform/i18n';
import { systemClock, systemRandom } from '@/lib/platform/system';
import {
  connectPanel,
  currentWindowId,
  getMessage,
  isPopup,
  moveToSidebar,
  sendCommand,
  uiLanguage,
} from '@/lib/platform/webext';

const words = createTranslate({ getMessage, uiLanguage: uiLanguage() });
document.documentElement.lang = words.locale;
document.documentElement.dir = words.direction;

document.documentElement.classList.toggle('popup', isPopup());

/** For the sidebar that takes the place of this popup: another page, with a session storage of its own. */
const movedKey = 'moved';
const moved = localStorage.getItem(movedKey) ?? '';
localStorage.removeItem(movedKey);

const times = createTimes(words);
let drawn = 0;
const place = createPanelPlace(
  {
    storage: sessionStorage,
    draw,
    connect: connectPanel,
    send: sendCommand,
    windowId: currentWindowId,
    closePanel: () => window.close(),
    clock: systemClock,
    random: systemRandom,
    frame: (run) => requestAnimationFrame(run),
    painted: (run) => requestAnimationFrame(() => setTimeout(run)),
  },
  moved,
  location.hash,
);

function draw(panel: Panel): void {
  const root = document.getElementById('panel');
  if (!root) return;
  const keep = isPopup() ? keepOpen : undefined;
  // Another key for each: of what the panel before it showed nothing may stay.
  render(
    <App key={drawn++} panel={panel} words={words} times={times} keepOpen={keep} logoUrl="/icon/128.png" />,
    root,
  );
}

// The page hears it when the network is back; a service worker does not.
addEventListener('online', () => place.panel().retryLink());
addEventListener('hashchange', follow);
follow();
// A hidden page gets no frames, and may be closed at any moment.
addEventListener('pagehide', () => place.panel().flush());
document.addEventListener('visibilitychange', () => place.panel().flush());

/** A reload goes by what was open last, and the same link may be followed again. */
function follow(): void {
  place.follow(location.hash);
  history.replaceState(null, '', location.pathname + location.search);
}

function keepOpen(): void {
  place.panel().flush();
  localStorage.setItem(movedKey, place.where());
  // Where the sidebar does not open, this popup goes on.
  moveToSidebar().catch(() => localStorage.removeItem(movedKey));
}
