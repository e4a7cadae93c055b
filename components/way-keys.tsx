// Back and forward by what keyboards and mice have for it, in every view: Alt and the arrows in reading direction, the keys and
// the buttons of a browser. The panel's own way, not the browser's history.
import { useEffect } from 'preact/hooks';
import { goBack, goForward } from '@/lib/panel/way';
import { usePanel } from './context';

/** On a Mac, Alt and an arrow go from word to word of what is being written. */
function movesInText({ target, type }: Event): boolean {
  const isText = target instanceof Element && target.matches('textarea, input');
  return type === 'keydown' && isText && /Mac/.test(navigator.userAgent);
}

/** Draws nothing. */
export function WayKeys() {
  const { panel, words } = usePanel();
  useEffect(() => {
    const arrows = ['Alt+ArrowLeft', 'Alt+ArrowRight'];
    const [back, forward] = words.direction === 'rtl' ? arrows.reverse() : arrows;
    const go = (event: KeyboardEvent | MouseEvent) => {
      if (event.shiftKey || event.ctrlKey || event.metaKey || movesInText(event)) return;
      const pressed = 'key' in event ? (event.altKey ? 'Alt+' : '') + event.key : `Mouse${event.button}`;
      const isBack = [back, 'BrowserBack', 'Mouse3'].includes(pressed);
      if (!isBack && ![forward, 'BrowserForward', 'Mouse4'].includes(pressed)) return;
      event.preventDefault();
      // What is asked for there has to be answered first.
      if (document.querySelector('dialog[open]')) return;
      if (isBack) goBack(panel);
      else goForward(panel);
    };
    addEventListener('keydown', go);
    addEventListener('mouseup', go);
    return () => {
      removeEventListener('keydown', go);
      removeEventListener('mouseup', go);
    };
  }, [panel, words]);
  return null;
}
