// The injected help button, used as a person does. Its shadow root is closed: a test sees the host element only.
import { expect, type Page } from '@playwright/test';

const HOST = 'carbonchat-help';

/** Clicks the button with the mouse. */
export async function clickHelpButton(page: Page): Promise<void> {
  await page.locator(HOST).waitFor();
  const box = await page.locator(HOST).boundingBox();
  if (!box) throw new Error('The help button has no box.');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

/** Walks to the button with the Tab key and presses Enter. Fails when no walk through the page meets it. */
export async function pressHelpButton(page: Page): Promise<void> {
  await page.locator(HOST).waitFor();
  const stops = (await page.locator('a, button, input, select, textarea, [tabindex]').count()) + 2;
  const focused = () => page.evaluate(() => document.activeElement?.localName);
  for (let stop = 0; stop < stops && (await focused()) !== HOST; stop++) await page.keyboard.press('Tab');
  expect(await focused(), 'the help button takes the keyboard focus').toBe(HOST);
  await page.keyboard.press('Enter');
}

/** What a screen reader says of the button, which only the browser itself sees. Rejects while the page has no button. */
export async function helpButtonName(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  try {
    const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
    const button = nodesOf(root)
      .filter(({ localName }) => localName === HOST)
      .flatMap(nodesOf)
      .find(({ localName }) => localName === 'button');
    if (!button) throw new Error('The page has no help button.');
    const { backendNodeId } = button;
    const { nodes } = await session.send('Accessibility.getPartialAXTree', {
      backendNodeId,
      fetchRelatives: false,
    });
    return String(nodes[0]?.name?.value);
  } finally {
    await session.detach();
  }
}

interface DomNode {
  localName: string;
  backendNodeId: number;
  children?: DomNode[];
  shadowRoots?: DomNode[];
}

/** A node and everything below it, shadow roots included. */
function nodesOf(node: DomNode): DomNode[] {
  return [node, ...[...(node.shadowRoots ?? []), ...(node.children ?? [])].flatMap(nodesOf)];
}
