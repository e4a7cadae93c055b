// The real panel over a background in memory that has a long conversation, and gives it as the real one does: the newest 50
// messages when it is opened, 20 earlier ones whenever they are asked for, now from its history, now from the server.
import { render } from 'preact';
import { App } from '@/components/app';
import type { MessageView, WindowView } from '@/lib/messaging/view-updates';
import { createTimes } from '@/lib/panel/times';
import { FakeBackground } from '../panel/fake-background';
import { conversation, snapshot } from '../panel/fixtures';
import { storyWords } from '../support/panel-stories/story-words';
import { mixedMessages } from './mixed-messages';
import { watchShifts } from './shifts';

export interface Stage {
  shifts: readonly string[];
  /** Earlier messages that are asked for from now on do not come until the function that this returns is called. */
  holdOlder(): void;
  releaseOlder(): void;
}

const opening = 50;
const page = 20;
const answersAfter = 80;

const all = mixedMessages(1000);
const background = new FakeBackground();
let given = opening;
let released = Promise.resolve();
let release = () => {};

const windowOf = (messages: MessageView[]): WindowView => ({
  ...{ conversationKey: '1', messages },
  ...{ hasOlder: true, loadingOlder: false },
});

async function tellOlder(): Promise<void> {
  const isServers = (given / page) % 2 < 1;
  const older = (change: { hasOlder: boolean; loadingOlder: boolean }) =>
    ({ type: 'older.changed', conversationId: 1, ...change }) as const;
  if (isServers) {
    background.patch(older({ hasOlder: true, loadingOlder: true }));
    await new Promise((resolve) => setTimeout(resolve, answersAfter));
  }
  await released;
  const messages = all.slice(-given - page, -given);
  given += messages.length;
  background.patch(
    { type: 'messages.changed', conversationId: 1, messages },
    older({ hasOlder: given < all.length, loadingOlder: false }),
  );
}

background.answer = async ({ type }) => {
  if (type === 'history.loadOlder') void tellOlder();
  return { ok: true, value: null };
};

const panel = await background.panel({
  frame: (run) => requestAnimationFrame(run),
  painted: (run) => requestAnimationFrame(() => setTimeout(run)),
  connect() {
    const port = background.connect();
    return {
      ...port,
      post(message) {
        port.post(message);
        if ((message as { type: string }).type === 'view.open') void Promise.resolve(message).then(open);
      },
    };
  },
});

function open(message: unknown): void {
  const { conversationKey } = message as { conversationKey: string | null };
  const window = conversationKey === '1' ? windowOf(all.slice(-opening)) : null;
  background.snapshot(snapshot({ conversations: [conversation(1)], window }));
}

const stage: Stage = {
  shifts: watchShifts(),
  holdOlder() {
    released = new Promise((resolve) => {
      release = resolve;
    });
  },
  releaseOlder: () => release(),
};
Object.assign(globalThis, { stage });

const root = document.getElementById('panel');
const words = storyWords('en-GB');
if (root) render(<App panel={panel} words={words} times={createTimes(words)} logoUrl="/icon.png" />, root);
open({ conversationKey: null });
