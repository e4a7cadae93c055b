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

const root = document.getElementById('panel');
const draw = async () => {
  const shortcut = await panelShortcut();
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
};
// A shortcut is changed on another page: read it again when the person comes back.
document.addEventListener('visibilitychange', () => void draw());
void draw();
