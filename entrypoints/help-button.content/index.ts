// The content script: shows the Help button that the background describes, passes on real clicks, and what the page says
// of its user. Which page belongs to which site is the background's answer (whole origin, with port); on a page that
// belongs to none nothing is shown, read or said.
import { defineContentScript } from 'wxt/utils/define-content-script';
import type { ButtonView } from '@/lib/messaging/commands';
import { askBackground, isConnected, onBackgroundMessage } from '@/lib/platform/webext-content';
import { readButton } from './button-view';
import { createHelpButton } from './help-button';
import { tellChanges, tellPage } from './page-events';
import { listenToToggle } from './page-toggle';
import { listenToPage } from './page-user';

export default defineContentScript({
  // wxt.config.ts puts the pages of the configuration here.
  matches: [],
  main() {
    if (!document.body) return;
    let shown: ButtonView | null = null;
    let speak: ((anew: boolean) => void) | null = null;
    const button = createHelpButton((again) => {
      if (isConnected()) void askBackground({ type: 'panel.toggle' });
      else if (shown) offerReload();
      // Whoever clicks twice has not read the offer yet, and may have words on the page.
      else if (!again) location.reload();
    });
    let told = false;
    // Whether the page has said its user and has not heard that this is refused.
    let hopes = false;

    const show = (value: unknown) => {
      told = true;
      const before = shown;
      shown = readButton(value);
      button.show(shown?.shown ? shown : null);
      if (!shown) return;
      if (!speak) {
        listenToToggle();
        speak = listenToPage((taken) => {
          hopes = taken;
          if (taken) void ask();
          else tellPage('error');
        });
        tellPage('ready');
      }
      tellChanges(before, shown);
      if (hopes && shown.user === 'refused') {
        hopes = false;
        tellPage('error');
      }
    };
    // After an update this script reaches nobody any more, and the new one only pages that are loaded from then on. The
    // page is the person's: it is not loaded again without being asked.
    const offerReload = () => {
      if (!shown?.shown) return;
      const { reloadLabel } = shown;
      button.show({ ...shown, label: reloadLabel, name: reloadLabel, count: '', panelOpen: false });
      shown = null;
    };
    const ask = async () => {
      told = false;
      const answer = (await askBackground({ type: 'button.show' }, 3)) as { value?: unknown } | undefined;
      // What the background said meanwhile is newer than its answer.
      if (answer && !told) show(answer.value);
    };

    onBackgroundMessage((message) => {
      const { type, button: view } = (message ?? {}) as { type?: unknown; button?: unknown };
      if (type === 'button.changed') show(view);
    });
    // A tab that comes back may be an orphan, may have missed messages in the back/forward cache, or may have
    // asked before the background was there.
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) return;
      if (!isConnected()) return offerReload();
      speak?.(false);
      if (!told) void ask();
    });
    window.addEventListener('pageshow', (event) => {
      if (!event.persisted) return;
      speak?.(true);
      void ask();
    });
    void ask();
  },
});
