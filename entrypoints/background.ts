// Wiring only: the real browser for lib/background. Everything is registered in the first turn, so that whatever
// woke a stopped worker is heard.
import { defineBackground } from 'wxt/utils/define-background';
import { startBackground } from '@/lib/background/background';
import { createTranslate } from '@/lib/platform/i18n';
import { openIdbHistory } from '@/lib/platform/idb-history';
import {
  isOnline,
  onOnlineChange,
  systemClock,
  systemFetch,
  systemRandom,
  systemSocket,
} from '@/lib/platform/system';
import {
  badge,
  browserPanel,
  extensionId,
  extensionOrigin,
  focusedWindowId,
  getMessage,
  keepAlive,
  onCommandMessage,
  onPanelConnect,
  onWindowFocus,
  openPanelOnActionClick,
  restrictStorage,
  sendToTabs,
  shownUrl,
  showPage,
  startWithBrowser,
  uiLanguage,
  webextAlarms,
  webextStore,
} from '@/lib/platform/webext';
import { builtInConfig, requestTimeout, settleTime } from '@/lib/site/build-settings';

export default defineBackground(() => {
  openPanelOnActionClick();
  startWithBrowser();
  startBackground({
    config: builtInConfig,
    timings: { requestTimeout, settle: settleTime },
    platform: {
      store: webextStore('local'),
      openHistory: openIdbHistory,
      clock: systemClock,
      random: systemRandom,
      fetch: systemFetch,
      socket: systemSocket,
      alarms: webextAlarms,
      badge,
      panel: browserPanel,
      translate: createTranslate({ getMessage, uiLanguage: uiLanguage() }),
      own: { id: extensionId(), origin: extensionOrigin() },
      keepAlive,
      restrictStorage,
      sendToTabs,
      focusedWindowId,
      showPage,
      shownUrl,
      onMessage: onCommandMessage,
      onConnect: onPanelConnect,
      onWindowFocus,
      isOnline,
      onOnline: onOnlineChange,
    },
    report: (problem) => console.warn(`CarbonChat: ${problem}`),
  });
});
