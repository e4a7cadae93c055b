// What everybody must be able to use: judges any page of ours.
import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** Violations of accessibility rules, each with where it is. @param except rules that this page cannot keep. */
export async function violations(panel: Page, except: readonly string[] = []): Promise<string[]> {
  await panel.evaluate(axe.source);
  return panel.evaluate(async (left) => {
    const rules = Object.fromEntries(left.map((rule) => [rule, { enabled: false }]));
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({ rules });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
  }, except);
}

/** Elements that stick out of the panel, or hide words that no ellipsis stands for. */
export function clipped(panel: Page): Promise<string[]> {
  return panel.evaluate(() => {
    const problems: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) problems.push('the page scrolls sideways');
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (box.width <= 1 || style.visibility === 'hidden') continue;
      // What scrolls sideways by itself may hold more than it shows.
      if (element.parentElement?.closest('.sideways')) continue;
      const label = `${element.localName}.${element.className}`;
      if (box.left < -0.5 || box.right > innerWidth + 0.5) problems.push(`${label} sticks out`);
      const hides = style.overflowX === 'hidden' || style.overflowX === 'clip';
      const shortened = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
      if (hides && !shortened && element.scrollWidth > element.clientWidth + 1)
        problems.push(`${label} is clipped`);
    }
    return problems;
  });
}
