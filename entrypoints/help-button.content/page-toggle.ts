// The page's own button for the panel: the page asks by an event, which counts only while a person's click or key does.
import { askBackground } from '@/lib/platform/webext-content';

/** Between two wishes, in ms: one click may carry many events. */
const pause = 250;

/** Opens and closes the panel when the page asks for it, from now on. */
export function listenToToggle(): void {
  let nextAt = 0;
  document.addEventListener('carbonchat:toggle', (event) => {
    if (!navigator.userActivation.isActive || performance.now() < nextAt) return;
    nextAt = performance.now() + pause;
    const want = /open|close/.exec((event as CustomEvent).detail)?.[0];
    void askBackground({ type: 'panel.toggle', want });
  });
}
