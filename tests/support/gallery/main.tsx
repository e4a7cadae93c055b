// Draws the gallery: everything that a message and a conversation can be, by the real components over backgrounds in memory.
// ?theme=light|dark&locale=<tag>&dir=rtl&width=<pixels>&section=<name>
import { LucideProvider } from 'lucide-preact';
import { createRef, type RefObject, render } from 'preact';
import { PanelContext, type PanelTools } from '@/components/context';
import { ConversationView } from '@/components/conversation-view';
import { loadInteractive } from '@/components/lazy-interactive';
import { Thread } from '@/components/thread';
import type { Message } from '@/lib/core/types';
import { useAccents } from '@/lib/panel/theme';
import { createTimes } from '@/lib/panel/times';
import { FakeBackground } from '../../panel/fake-background';
import { conversation, mara } from '../../panel/fixtures';
import { storyWords } from '../panel-stories/story-words';
import { type Frame, frame, nextId, type Section } from './frames';
import { formSection, optionsSection, ratingSection } from './made-answers';
import { cardSection, fileSection, wordSection } from './made-messages';
import { stateSection } from './made-states';
import { forceTheme } from './theme';

/** Put in by the build: the page does not carry the whole recording. */
declare const __RECORDED__: Message[];

const query = new URLSearchParams(location.search);
forceTheme(query.get('theme'));
const words = storyWords(query.get('dir') === 'rtl' ? 'ar' : (query.get('locale') ?? 'en-GB'));
document.documentElement.lang = words.locale;
document.documentElement.dir = words.direction;
const width = query.get('width');
if (width) document.documentElement.style.setProperty('--width', `${Number(width)}px`);

const recordedSection: Section = {
  name: 'Recorded',
  frames: __RECORDED__.map((message) =>
    frame(`Message ${message.id}, ${message.content.kind}`, [{ ...message, id: nextId() }], {
      conversations: [conversation(1, { party: mara })],
    }),
  ),
};
const sections = [
  optionsSection,
  formSection,
  ratingSection,
  cardSection,
  fileSection,
  wordSection,
  stateSection,
  recordedSection,
];

function FrameView({ frame: { title, isWhole }, tools, place }: Drawn) {
  return (
    <div class={isWhole ? 'frame whole' : 'frame'} ref={place}>
      <p class="frame-title">{title}</p>
      <PanelContext.Provider value={tools}>
        {isWhole ? (
          <ConversationView conversationKey="1" moves="" />
        ) : (
          <Thread company="Ledgerly" focusMessage={() => {}} />
        )}
      </PanelContext.Provider>
    </div>
  );
}

interface Drawn {
  frame: Frame;
  tools: PanelTools;
  background: FakeBackground;
  place: RefObject<HTMLDivElement | null>;
}

async function draw(each: Frame): Promise<Drawn> {
  const background = new FakeBackground();
  background.remembered = '1';
  const panel = await background.panel({ frame: (run) => requestAnimationFrame(run) });
  background.snapshot(each.snapshot);
  const tools = { panel, words, times: createTimes(words), logoUrl: '/icon.png' };
  return { frame: each, tools, background, place: createRef() };
}

function Gallery({ drawn }: { drawn: { name: string; frames: Drawn[] }[] }) {
  useAccents('#1f6feb');
  return (
    <LucideProvider strokeWidth={1.75} absoluteStrokeWidth>
      {drawn.map(({ name, frames }) => (
        <section key={name} class="gallery" id={name.toLowerCase().replaceAll(' ', '-')}>
          <h1>{name}</h1>
          <div class="frames">
            {frames.map((each) => (
              <FrameView key={each.frame.title} {...each} />
            ))}
          </div>
        </section>
      ))}
    </LucideProvider>
  );
}

const root = document.getElementById('panel');
const wanted = sections.filter(({ name }) => !query.has('section') || query.get('section') === name);
const drawn = await Promise.all(
  wanted.map(async ({ name, frames }) => ({ name, frames: await Promise.all(frames.map(draw)) })),
);
await loadInteractive();
if (root) render(<Gallery drawn={drawn} />, root);
// Each conversation takes the focus when it is opened, and there is one for all.
const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
await painted();
for (const { frame: each, tools, background, place } of drawn.flatMap(({ frames }) => frames)) {
  if (!each.after || !place.current) continue;
  each.after(place.current, tools.panel, background);
  await painted();
}
document.documentElement.dataset.ready = 'true';
