// Draws the real panel over a background in memory, without the extension: ?story=<name>&locale=<tag>.
import { render } from 'preact';
import { App } from '@/components/app';
import { createTimes } from '@/lib/panel/times';
import { FakeBackground } from '../../panel/fake-background';
import { stories } from './stories';
import { storyWords } from './story-words';

const query = new URLSearchParams(location.search);
const words = storyWords(query.get('locale') ?? 'en-GB');
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
