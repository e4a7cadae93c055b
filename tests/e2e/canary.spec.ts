// R12 in real browsers: the secrets of a run, read from its own traffic, are in nothing that a page, a content script, the
// panel or a reader of the consoles can see, whatever goes wrong, and although the server says them in its errors. Every
// place is first leaked into, and the search finds that; and again at the end, when all of it still has to be watched.
import { askedBrowser } from '../support/browsers';
import { chromiumSinks } from './canary/chromium-sinks';
import { firefoxSinks } from './canary/firefox-sinks';
import { places } from './canary/in-document';
import { secretsAsked, secretsIn } from './canary/secrets';
import { commonSinks, Sinks } from './canary/sinks';
import type { VisitorBrowser } from './driver/browser';
import type { ExtensionBrowser } from './driver/extension-browser';
import type { FirefoxBrowser } from './driver/firefox/firefox-browser';
import { expect, test } from './fixtures';
import { readStored } from './in-extension';
import { expectSent, message, row, send, startConversation } from './panel-page';
import { hashOf, type Person, person } from './people';

/** All places of this browser that can be watched. */
async function sinksOf(
  visitor: VisitorBrowser,
  leakToPanel: (text: string) => Promise<void>,
): Promise<Sinks> {
  const inFirefox = askedBrowser() === 'firefox';
  const own = inFirefox
    ? await firefoxSinks(visitor as FirefoxBrowser)
    : chromiumSinks(visitor as ExtensionBrowser);
  // Firefox keeps no cookies for an extension's pages.
  const panelPlaces = places.filter((place) => !inFirefox || place !== 'cookies');
  return new Sinks([...commonSinks(visitor, panelPlaces, leakToPanel), ...own]);
}

/** The page names its user, and leaves nothing of that in its document. Resolves when the extension has taken it. */
async function nameUser(visitor: VisitorBrowser, who: Person, identifierHash: string): Promise<void> {
  // It hears the page by now.
  await visitor.page.locator('carbonchat-help').waitFor();
  await visitor.page.evaluate(
    (detail) => document.dispatchEvent(new CustomEvent('carbonchat:set-user', { detail })),
    JSON.stringify({ ...who, identifierHash }),
  );
  const stored = async () => JSON.stringify(await visitor.evaluateInWorker(readStored));
  await expect.poll(stored).toContain(who.identifier);
}

for (const known of [false, true])
  test(`no secret of ${known ? 'a user whom the page names' : 'an anonymous person'} comes to a page, the panel or a console`, {
    tag: '@fault',
  }, async ({ visitor, line, traces, agent, ground: { installation }, inbox }) => {
    // It looks into two dozen places, eight times.
    test.slow();
    const { identifier, hmacToken } = installation.inboxes[inbox];
    const mira = person('Mira');
    const hash = hashOf(mira, hmacToken);
    if (known) await nameUser(visitor, mira, hash);
    const sinks = await sinksOf(visitor, async (text) => {
      await agent.reply(await traces.conversationId(), text);
      await expect((await visitor.panel()).getByText(text).first()).toBeVisible();
    });
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await sinks.look();
    await startConversation(panel, 'Where is my invoice?');
    await sinks.leak('planted');
    await sinks.look();
    expect(sinks.unseen('planted')).toEqual([]);

    const [sourceId = ''] = traces.sourceIds();
    const contact = `${installation.url}/public/api/v1/inboxes/${identifier}/contacts/${sourceId}`;
    const answered = await (await fetch(contact)).json();
    const stored = () => visitor.evaluateInWorker(readStored).then(secretsIn);
    const secrets = [...new Set([...secretsIn(answered), ...secretsAsked(line), ...(await stored()), hash])];
    expect(secrets).toEqual(expect.arrayContaining([answered.source_id, answered.pubsub_token]));
    if (known) expect(secretsAsked(line)).toContain(hash);

    // The server, or whoever answers in its place, says them in every way that an error has.
    const said = {
      message: `no ${secrets.join(' ')}`,
      error: `no ${secrets.join(' ')}`,
      attributes: secrets,
    };
    for (const status of [422, 403]) {
      line.next('POST', /\/messages$/, { status, body: JSON.stringify(said) });
      await send(panel, `answered with ${status}`);
      await expect(message(panel, `answered with ${status}`)).toHaveAccessibleName(/Not sent/);
      await sinks.look();
    }
    line.next('POST', /\/messages$/, { status: 500, body: JSON.stringify(said) });
    await send(panel, 'answered with 500');
    await sinks.look();
    await expectSent(panel, 'answered with 500');
    await line.cut();
    await expect(panel.getByRole('status')).toContainText('Reconnecting');
    await send(panel, 'written in the outage');
    await sinks.look();
    await line.restore();
    await expectSent(panel, 'written in the outage');

    await visitor.closePanel();
    // The site itself says with a new page that nobody is signed in: so the user goes and comes back.
    await visitor.page.reload();
    if (known) await nameUser(visitor, mira, hash);
    await visitor.clickHelpButton();
    const again = await visitor.panel();
    await row(again, 'Not sent').click();
    await expect(message(again, 'written in the outage')).toBeVisible();
    await sinks.look();
    line.answerAll(/\/messages$/, { status: 429, body: JSON.stringify(said) });
    await send(again, 'one too many');
    await expect(again.getByRole('status')).toContainText('Too many requests right now.');
    await sinks.look();
    line.passAgain();

    await sinks.leak('planted-again');
    await sinks.look();
    expect(sinks.unseen('planted-again')).toEqual([]);
    if (known) {
      await nameUser(visitor, person('Somebody else'), 'f'.repeat(64));
      await expect(again.getByRole('status')).toHaveText(/could not confirm who you are/);
      await sinks.look();
    }
    expect(sinks.hits([...secrets, ...(await stored()), ...secretsAsked(line)])).toEqual([]);
  });
