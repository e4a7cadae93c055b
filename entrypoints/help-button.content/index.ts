// The content script: shows the Help button that the background describes, and passes on real clicks.
// Knows nothing else; which page belongs to which site is the background's answer (whole origin, with port).
import { defineContentScript } from 'wxt/utils/define-content-script';
import type { ButtonView } from '@/lib/messaging/commands';
import { askBackground, isConnected, onBackgroundMessage } from '@/lib/platform/webext-content';
import { readButton } from './button-view';
import { createHelpButton } from './help-button';

/** Between two questions without an answer, in ms. */
const pause = 500;

export default defineContentScript({
  // wxt.config.ts puts the pages of the configuration here.
  matches: [],
  main() {
    if (!document.body) return;
    let shown: ButtonView | null = null;
    let offersReload = false;
    const button = createHelpButton((again) => {
      if (isConnected()) void askBackground({ type: 'panel.toggle' });
      else if (!offersReload) offerReload();
      // Whoever clicks twice has not read the offer yet, and may have words on the page.
      else if (!again) location.reload();
    });
    let told = false;

    const show = (view: unknown) => {
      told = true;
      shown = readButton(view);
      button.show(shown);
    };
    // After an update this script reaches nobody any more, and the new one only pages that are loaded from then on. The
    // page is the person's: it is not loaded again without being asked.
    const offerReload = () => {
      if (!shown) return;
      offersReload = true;
      const { reloadLabel } = shown;
      button.show({ ...shown, label: reloadLabel, name: reloadLabel, count: '', panelOpen: false });
    };
    // No answer at all: the background was stopped, or updated, while it was asked. Asking wakes it.
    const ask = async (tries = 3) => {
      told = false;
      const answer = (await askBackground({ type: 'button.show' })) as { value?: unknown } | null | undefined;
      // What the background said meanwhile is newer than its answer.
      if (told) return;
      if (answer) show(answer.value);
      else if (tries > 1 && isConnected()) {
        setTimeout(() => {
          if (!told) void ask(tries - 1);
        }, pause);
      }
    };

    onBackgroundMessage((message) => {
      const { type, button: view } = (message ?? {}) as { type?: unknown; button?: unknown };
      if (type === 'button.changed') show(view);
    });
    // A tab that comes back may be an orphan, may have missed messages in the back/forward cache, or may have
    // asked before the background was there.
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) return;
      if (!isConnected()) offerReload();
      else if (!told) void ask();
    });
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) void ask();
    });
    void ask();
  },
});
