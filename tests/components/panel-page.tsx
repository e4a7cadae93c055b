// Draws the whole panel over a background in memory, and finds things by their roles and names.
import { act, cleanup, render, screen } from '@testing-library/preact';
import { afterEach } from 'vitest';
import { App } from '@/components/app';
import { loadContact } from '@/components/lazy-contact';
import { loadConversation } from '@/components/lazy-conversation';
import { loadInteractive } from '@/components/lazy-interactive';
import { loadWayKeys } from '@/components/lazy-way-keys';
import type { Snapshot } from '@/lib/messaging/view-updates';
import type { Panel, PanelParts } from '@/lib/panel/panel';
import { createTimes } from '@/lib/panel/times';
import { createTranslate } from '@/lib/platform/i18n';
import en from '../../public/_locales/en/messages.json';
import { FakeBackground } from '../panel/fake-background';

const texts: Record<string, { message: string }> = en;
const words = createTranslate({ getMessage: (key) => texts[key]?.message ?? '', uiLanguage: 'en-GB' });

afterEach(cleanup);

export interface PanelPage {
  background: FakeBackground;
  panel: Panel;
  message(): HTMLTextAreaElement;
  /** Times of the messages that were drawn, one for each drawing. */
  drawn: number[];
  /** Names of the messages, oldest first. */
  articles(): (string | null)[];
}

/** @param route key of the conversation that was open before a reload; null: the list. */
export async function panelPage(
  snapshot: Snapshot | null,
  route: string | null = null,
  change: Partial<PanelParts> = {},
): Promise<PanelPage> {
  const background = new FakeBackground();
  background.remembered = route;
  const panel = await background.panel(change);
  const times = createTimes(words);
  const drawn: number[] = [];
  const full = (at: number) => {
    drawn.push(at);
    return times.full(at);
  };
  await Promise.all([loadConversation(), loadContact(), loadInteractive(), loadWayKeys()]);
  render(<App panel={panel} words={words} times={{ ...times, full }} logoUrl="/icon.png" />);
  if (snapshot) act(() => background.snapshot(snapshot));
  return {
    background,
    panel,
    drawn,
    message: () => screen.getByRole('textbox', { name: 'Message' }),
    articles: () => screen.queryAllByRole('article').map((each) => each.getAttribute('aria-label')),
  };
}
