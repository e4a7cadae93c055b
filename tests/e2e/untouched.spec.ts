// R13: a page that no configuration names is the same page with the extension as without it, in everything that it can
// observe, and what it says of its user goes nowhere, whoever else is served in the same browser.
import { rm } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { askedBrowser } from '../support/browsers';
import type { DemoConfig } from '../support/demo-config';
import type { VisitorBrowser } from './driver/browser';
import { extensionWorlds } from './driver/isolated-world';
import { expect, test } from './fixtures';
import { readStored } from './in-extension';
import { startConversation } from './panel-page';
import { startProbeSite } from './probe-site';
import { handOver, observe } from './untouched/in-page';
import { writeInertExtension } from './untouched/inert-extension';

const user = { identifier: 'probe-user', identifierHash: 'probe-hash', email: 'probe@example.com' };
/** Writes down what is done to it from its first moment on, and names its user from the start. */
const html = `<!doctype html><title>Probe</title>
<script>
  window.happened = [];
  const note = (what) => window.happened.push(what);
  new MutationObserver((all) => all.forEach(({ type, target }) => note(type + ' ' + target.nodeName)))
    .observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
  for (const type of ['message', 'error', 'carbonchat:ready', 'carbonchat:opened', 'carbonchat:closed'])
    window.addEventListener(type, () => note(type));
</script>
<body><h1>Probe</h1><script type="application/json" data-carbonchat-user>${JSON.stringify(user)}</script></body>`;

const inChromium = askedBrowser() === 'chromium';

async function observed(page: Page): Promise<object> {
  return { ...(await page.evaluate(observe)), worlds: inChromium ? await extensionWorlds(page) : [] };
}

/** Whether a browser that knows no ports puts our script there; then it is ours to do nothing. */
const pages = [
  { which: 'of a host that is not configured', host: () => 'unknown.localhost', reached: false },
  {
    which: "of the company's host on another port",
    host: ({ siteUrl }: DemoConfig) => siteUrl.hostname,
    reached: true,
  },
];

for (const { which, host, reached } of pages)
  test(`a page ${which} is the same as without the extension, and what it says goes nowhere`, async ({
    visitor,
    launch,
    config,
    line,
  }) => {
    const site = await startProbeSite(html);
    const inert = await writeInertExtension();
    const address = `http://${host(config)}:${site.port}/`;
    const without = await launch({ extensionPath: inert });
    const look = async (browser: VisitorBrowser) => {
      const page = await browser.context.newPage();
      await page.goto(address);
      await page.evaluate(handOver, user);
      const company = await browser.context.newPage();
      await company.goto(config.siteUrl.href);
      // By now a script of ours would have run in the page before it.
      if (browser === visitor) await expect(company.locator('carbonchat-help')).toHaveCount(1);
      return { probe: await observed(page), company: await observed(company) };
    };
    const [seen, asItIs] = [await look(visitor), await look(without)];
    const judged = (what: object) => ({ ...what, ...(reached && { worlds: null }) });
    expect(judged(seen.probe)).toEqual(judged(asItIs.probe));
    // So would a page show that is not left as it was.
    expect(seen.company).not.toEqual(asItIs.company);
    if (inChromium) expect(seen.company).toMatchObject({ worlds: [visitor.extensionPage('').slice(0, -1)] });

    expect(line.requests).toEqual([]);
    await visitor.clickHelpButton();
    await startConversation(await visitor.panel(), 'Who am I?');
    expect(line.requests.length).toBeGreaterThan(1);
    const said = JSON.stringify([line.requests, await visitor.evaluateInWorker(readStored)]);
    expect(said).toContain('Who am I?');
    expect(said).not.toMatch(/probe[-@]/);
    await site.close();
    await rm(inert, { recursive: true });
  });
