// The real panel over a background in memory, shown what a hostile server could send: through our own mapping, in the
// conversation and in the list.
import { options, render } from 'preact';
import { App } from '@/components/app';
import { loadContact } from '@/components/lazy-contact';
import { loadConversation } from '@/components/lazy-conversation';
import { toMessage } from '@/lib/carbonchat/mapping';
import { createTimes } from '@/lib/panel/times';
import { createTranslate } from '@/lib/platform/i18n';
import en from '../../public/_locales/en/messages.json';
import { FakeBackground } from '../panel/fake-background';
import { conversation, opened } from '../panel/fixtures';
import { judge } from './judge';
import { createStage } from './stage';
import { watch } from './witness';

const logoUrl = '/icon.png';
const witness = watch();
const texts: Record<string, { message: string }> = en;
const words = createTranslate({ getMessage: (key) => texts[key]?.message ?? '', uiLanguage: 'en-GB' });
// What was told is drawn when it was told.
options.debounceRendering = (run) => run();

async function panelIn(root: HTMLElement, route: string | null): Promise<FakeBackground> {
  const background = new FakeBackground();
  background.remembered = route;
  const panel = await background.panel();
  render(<App panel={panel} words={words} times={createTimes(words)} logoUrl={logoUrl} />, root);
  return background;
}

// A screen is laid out, not everything at once: that takes most of the time.
const sheet = new CSSStyleSheet();
sheet.replaceSync('.message { content-visibility: auto; contain-intrinsic-block-size: 40px }');
document.adoptedStyleSheets = [sheet];

await Promise.all([loadConversation(), loadContact()]);
const root = document.getElementById('panel') ?? document.body;
const beside = root.appendChild(document.createElement('div'));
const thread = await panelIn(root.appendChild(document.createElement('div')), '1');
const list = await panelIn(beside, null);

const stage = createStage(witness, {
  draw(wires) {
    const messages = wires.flatMap((wire) => toMessage(wire, Date.now(), () => {}) ?? []);
    const [first] = messages;
    const party = first?.author ?? null;
    const typing = { 1: messages.slice(0, 2).map(({ author }) => author.name) };
    thread.snapshot(opened(messages, { conversations: [conversation(1, { party })], typing }));
    const rows = messages.slice(0, 20).map(({ id, author, text, createdAt, attachments }, index) =>
      conversation(index + 2, {
        party: author,
        preview: {
          ...{ messageId: id, authorKind: author.kind, text, createdAt },
          file: attachments[0] ?? null,
        },
      }),
    );
    list.snapshot(opened([], { conversations: rows }));
  },
  problems: () => judge(document.body, [logoUrl]),
});
Object.assign(globalThis, { stage });
