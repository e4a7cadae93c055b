// Draws the gallery: everything that a message and a conversation can be, by the real components over backgrounds in memory.
// ?theme=light|dark&locale=<tag>&dir=rtl&width=<pixels>&section=<name>
import { LucideProvider } from 'lucide-preact';
import { render } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { PanelContext, type PanelTools } from '@/components/context';
import { ConversationView } from '@/components/conversation-view';
import { Thread } from '@/components/thread';
import type { Message } from '@/lib/core/types';
import { useAccents } from '@/lib/panel/theme';
import { createTimes } from '@/lib/panel/times';
import { FakeBackground } from '../../panel/fake-background';
import { conversation, mara } from '../../panel/fixtures';
import { storyWords } from '../panel-stories/story-words';
import { type Frame, frame, type Section } from './frames';
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
    frame(`Message ${message.id}, ${message.content.kind}`, [{ ...message, id: message.id + 100_000 }], {
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

function FrameView({ frame: { title, isWhole, after }, tools, background }: Drawn) {
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (element.current) after?.(element.current, tools.panel, background);
  }, [after, tools, background]);
  return (
    <section class={isWhole ? 'frame whole' : 'frame'} ref={element} aria-label={title}>
      <h3>{title}</h3>
      <PanelContext.Provider value={tools}>
        {isWhole ? (
          <ConversationView conversationKey="1" moves="" />
        ) : (
          <Thread company="Ledgerly" focusMessage={() => {}} />
        )}
      </PanelContext.Provider>
    </section>
  );
}

interface Drawn {
  frame: Frame;
  tools: PanelTools;
  background: FakeBackground;
}

async function draw(each: Frame): Promise<Drawn> {
  const background = new FakeBackground();
  background.remembered = '1';
  const panel = await background.panel({ frame: (run) => requestAnimationFrame(run) });
  background.snapshot(each.snapshot);
  const tools = { panel, words, times: createTimes(words), logoUrl: '/icon.png' };
  return { frame: each, tools, background };
}

function Gallery({ drawn }: { drawn: { name: string; frames: Drawn[] }[] }) {
  useAccents('#1f6feb');
  return (
    <LucideProvider strokeWidth={1.75} absoluteStrokeWidth>
      {drawn.map(({ name, frames }) => (
        <section key={name} class="gallery" id={name.toLowerCase().replaceAll(' ', '-')}>
          <h2>{name}</h2>
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
if (root) render(<Gallery drawn={drawn} />, root);
document.documentElement.dataset.ready = 'true';
