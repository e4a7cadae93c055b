// Wiring of the panel's page: gives the models the browser's facilities and draws them. Decides nothing.
import { render } from 'preact';
import { App } from '@/components/app';
import { createPanel } from '@/lib/panel/panel';
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

const routeKey = 'route';
/** For the sidebar that takes the place of this popup: another page, with a session storage of its own. */
const movedKey = 'moved-route';
const moved = localStorage.getItem(movedKey);
localStorage.removeItem(movedKey);
document.documentElement.classList.toggle('popup', isPopup());

const panel = createPanel({
  connect: connectPanel,
  send: sendCommand,
  windowId: currentWindowId,
  closePanel: () => window.close(),
  clock: systemClock,
  random: systemRandom,
  memory: {
    read: () => moved ?? sessionStorage.getItem(routeKey),
    write: (key) =>
      key === null ? sessionStorage.removeItem(routeKey) : sessionStorage.setItem(routeKey, key),
  },
  frame: (run) => requestAnimationFrame(run),
  painted: (run) => requestAnimationFrame(() => setTimeout(run)),
});

// The page hears it when the network is back; a service worker does not.
addEventListener('online', panel.retryLink);
// A hidden page gets no frames, and may be closed at any moment.
addEventListener('pagehide', panel.flush);
document.addEventListener('visibilitychange', panel.flush);

function keepOpen(): void {
  panel.flush();
  localStorage.setItem(movedKey, sessionStorage.getItem(routeKey) ?? '');
  void moveToSidebar();
}

const root = document.getElementById('panel');
if (root)
  render(
    <App
      panel={panel}
      words={words}
      times={createTimes(words)}
      keepOpen={isPopup() ? keepOpen : undefined}
      logoUrl="/icon/128.png"
    />,
    root,
  );
