// Draws the real panel over a background in memory, without the extension: ?story=<name>&locale=<tag>.
import { render } from 'preact';
import { App } from '@/components/app';
import { createTimes } from '@/lib/panel/times';
import { createTranslate } from '@/lib/platform/i18n';
import de from '../../../public/_locales/de/messages.json';
import en from '../../../public/_locales/en/messages.json';
import { FakeBackground } from '../../panel/fake-background';
import { stories } from './stories';

const query = new URLSearchParams(location.search);
const locale = query.get('locale') ?? 'en-GB';
const texts: Record<string, { message: string }> = locale.startsWith('de') ? de : en;
const made = createTranslate({ getMessage: (key) => texts[key]?.message ?? '', uiLanguage: locale });
// There is no Arabic text yet: its direction and its figures are shown with the English one.
const words = locale.startsWith('ar') ? { ...made, direction: 'rtl' as const } : made;
document.documentElement.lang = words.locale;
document.documentElement.dir = words.direction;

const background = new FakeBackground();
const root = document.getElementById('panel');
const story = stories[query.get('story') ?? 'list'];
if (root && story) {
  background.remembered = story.route ?? null;
  const panel = await background.panel({ frame: (run) => requestAnimationFrame(run) });
  const times = createTimes(words);
  render(<App panel={panel} words={words} times={times} logoUrl="/public/icon/128.png" />, root);
  if (story.snapshot) background.snapshot(story.snapshot);
  await story.after?.(background, panel);
  background.clock.elapse(1500);
  Object.assign(globalThis, { background, panel });
}
