// Wiring of the options page: what the build and the browser say, drawn once. Speaks to nobody.
import { render } from 'preact';
import { OptionsView } from '@/components/options-view';
import { createTranslate } from '@/lib/platform/i18n';
import { about, changeShortcut, getMessage, panelShortcut, uiLanguage } from '@/lib/platform/webext';
import { builtInConfig } from '@/lib/site/build-settings';

const words = createTranslate({ getMessage, uiLanguage: uiLanguage() });
document.documentElement.lang = words.locale;
document.documentElement.dir = words.direction;
const { name, version } = about();
document.title = name;

const root = document.getElementById('options');

function draw(shortcut: string | null): void {
  if (!root) return;
  render(
    <OptionsView
      name={name}
      version={version}
      sites={builtInConfig.sites}
      shortcut={shortcut}
      changeShortcut={changeShortcut}
      words={words}
    />,
    root,
  );
}

const drawShortcut = () => void panelShortcut().then(draw, () => {});
draw(null);
drawShortcut();
// It is changed on another page: read again when the person comes back.
document.addEventListener('visibilitychange', drawShortcut);
