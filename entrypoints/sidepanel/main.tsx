// Wiring of the panel's page: gives the models the browser's facilities and draws them. Decides nothing.
import { render } from 'preact';
import { App } from '@/components/app';
import { createPanel, type Panel } from '@/lib/panel/panel';
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

const siteKey = 'site';
const routeKey = (siteId: string) => `route/${siteId}`;
/** For the sidebar that takes the place of this popup: another page, with a session storage of its own. */
const movedKey = 'moved';
const [movedSite, movedRoute] = (localStorage.getItem(movedKey) ?? '').split('/');
localStorage.removeItem(movedKey);
if (movedSite) remember(movedSite, movedRoute || null);

function remember(siteId: string, route: string | null): void {
  sessionStorage.setItem(siteKey, siteId);
  if (route === null) sessionStorage.removeItem(routeKey(siteId));
  else sessionStorage.setItem(routeKey(siteId), route);
}

const times = createTimes(words);
let panel: Panel;
showSite(sessionStorage.getItem(siteKey));

/** Draws the panel of a site in the place of the one before. Null: the background chooses the site. */
function showSite(siteId: string | null): void {
  panel?.flush();
  panel?.stop();
  panel = createPanel({
    siteId,
    showSite,
    connect: connectPanel,
    send: sendCommand,
    windowId: currentWindowId,
    closePanel: () => window.close(),
    clock: systemClock,
    random: systemRandom,
    memory: {
      read: () => siteId && sessionStorage.getItem(routeKey(siteId)),
      write: remember,
    },
    frame: (run) => requestAnimationFrame(run),
    painted: (run) => requestAnimationFrame(() => setTimeout(run)),
  });
  const root = document.getElementById('panel');
  if (!root) return;
  const keep = isPopup() ? keepOpen : undefined;
  render(
    <App key={siteId} panel={panel} words={words} times={times} keepOpen={keep} logoUrl="/icon/128.png" />,
    root,
  );
}

// The page hears it when the network is back; a service worker does not.
addEventListener('online', () => panel.retryLink());
// A hidden page gets no frames, and may be closed at any moment.
addEventListener('pagehide', () => panel.flush());
document.addEventListener('visibilitychange', () => panel.flush());

function keepOpen(): void {
  panel.flush();
  const siteId = panel.state.site.peek()?.siteId ?? '';
  localStorage.setItem(movedKey, `${siteId}/${sessionStorage.getItem(routeKey(siteId)) ?? ''}`);
  // Where the sidebar does not open, this popup goes on.
  moveToSidebar().catch(() => localStorage.removeItem(movedKey));
}
