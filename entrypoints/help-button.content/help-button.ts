// The button's life in the page's document: one host element with a closed shadow root, kept in place.
// Builds by DOM calls only (a page may enforce Trusted Types) and leaves no other trace.
import type { ButtonView } from '@/lib/messaging/commands';
import { iconOf } from './icon';
import { watchSight } from './sight';
import { styleOf } from './style';

export interface HelpButton {
  /** Shows this look; null takes the button away. */
  show(view: ButtonView | null): void;
}

const tag = 'carbonchat-help';

/**
 * Makes the page's one Help button, not shown yet. `onPress` hears real clicks and keys on a button that can be seen, not
 * the page's own events; `again`: it is the further click of a double click.
 */
export function createHelpButton(onPress: (again: boolean) => void): HelpButton {
  // A script of ours that was cut off (Firefox, after an update) leaves a dead button behind.
  for (const leftOver of document.querySelectorAll(tag)) leftOver.remove();

  const host = document.createElement(tag);
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  root.adoptedStyleSheets = [sheet];
  const add = <T extends 'button' | 'span'>(parent: Node, name: T) =>
    parent.appendChild(document.createElement(name));
  const button = add(root, 'button');
  button.type = 'button';
  const face = add(button, 'span');
  const slot = add(face, 'span');
  const label = add(face, 'span');
  label.dir = 'auto';
  const sight = watchSight(host, face);
  button.addEventListener('click', (event) => {
    if (event.isTrusted) sight.ifSeen(() => onPress(event.detail > 1));
  });

  const hideInFullScreen = () => {
    button.hidden = Boolean(document.fullscreenElement);
    sight.renew();
  };
  document.addEventListener('fullscreenchange', hideInFullScreen);

  let wanted = false;
  // Below <html>, where single-page applications seldom clear; and still put back when they do, once a frame,
  // so that a page that insists on removing it does not hang.
  const attach = () => {
    if (!wanted || document.querySelector(tag)) return;
    document.documentElement.append(host);
    sight.renew();
    for (const parent of [document, document.documentElement]) watcher.observe(parent, { childList: true });
  };
  const watcher = new MutationObserver(() => {
    if (!host.isConnected) requestAnimationFrame(attach);
  });

  return {
    show(view) {
      wanted = Boolean(view);
      if (!view) {
        watcher.disconnect();
        host.remove();
        return;
      }
      sheet.replaceSync(styleOf(view));
      const badge = view.count && !view.panelOpen;
      slot.className = badge ? 'slot count' : 'slot';
      slot.replaceChildren(badge ? view.count : iconOf(view.panelOpen ? 'close' : 'help'));
      label.textContent = view.label;
      button.setAttribute('aria-label', view.name);
      button.className = view.panelOpen ? 'open' : '';
      hideInFullScreen();
      attach();
    },
  };
}
