// A way to elements of a page, with the names and the patience of the parts of Playwright's Locator that scenarios use.
// Lazy: it looks when it is used, and waits for one element that can be used.
import type { FirefoxPage } from './firefox-page';
import type { inPage } from './in-page';
import { patiently } from './patience';
import { describeSteps, type Step, wordsOf } from './steps';

type Field = Parameters<typeof inPage.read>[1];
type ValueOf<Name extends Field> = Awaited<ReturnType<typeof inPage.read<Name>>>[number];

interface RoleOptions {
  name?: string | RegExp;
  exact?: boolean;
}

export class FirefoxLocator {
  readonly #page: FirefoxPage;
  readonly #steps: readonly Step[];

  constructor(page: FirefoxPage, steps: readonly Step[]) {
    this.#page = page;
    this.#steps = steps;
  }

  getByRole(role: string, { name, exact = false }: RoleOptions = {}): FirefoxLocator {
    return this.#then({ by: 'role', role, ...(name !== undefined && { name: wordsOf(name, exact) }) });
  }

  getByText(text: string | RegExp, { exact = false }: { exact?: boolean } = {}): FirefoxLocator {
    return this.#then({ by: 'text', words: wordsOf(text, exact) });
  }

  locator(selector: string): FirefoxLocator {
    return this.#then({ by: 'css', selector });
  }

  filter({ hasText }: { hasText: string | RegExp }): FirefoxLocator {
    return this.#then({ by: 'hasText', words: wordsOf(hasText) });
  }

  first(): FirefoxLocator {
    return this.nth(0);
  }

  last(): FirefoxLocator {
    return this.nth(-1);
  }

  nth(index: number): FirefoxLocator {
    return this.#then({ by: 'nth', index });
  }

  async count(): Promise<number> {
    return (await this.read('visible')).length;
  }

  async click(): Promise<void> {
    const { x, y } = await this.#target('click');
    await this.#page.mouse.click(x, y);
  }

  async hover(): Promise<void> {
    const { x, y } = await this.#target('hover');
    await this.#page.mouse.move(x, y);
  }

  async check(): Promise<void> {
    if (!(await this.#only('checked'))) await this.click();
  }

  async uncheck(): Promise<void> {
    if (await this.#only('checked')) await this.click();
  }

  async focus(): Promise<void> {
    await patiently(`focus ${this}`, async () => {
      const reason = await this.#page.inPage('focus', this.#steps);
      return reason === null ? { done: true, value: undefined } : { done: false, reason };
    });
  }

  /** Puts `text` in place of what stands in the field. */
  async fill(text: string): Promise<void> {
    await this.#target('fill');
    await this.focus();
    await this.#page.inPage('write', text);
  }

  async press(keys: string): Promise<void> {
    await this.focus();
    await this.#page.keyboard.press(keys);
  }

  async pressSequentially(text: string): Promise<void> {
    await this.focus();
    await this.#page.keyboard.type(text);
  }

  async isVisible(): Promise<boolean> {
    const [visible = false] = await this.read('visible');
    return visible;
  }

  async waitFor({ state = 'visible' }: { state?: 'visible' | 'hidden' } = {}): Promise<void> {
    await patiently(`wait for ${this}`, async () =>
      (await this.isVisible()) === (state === 'visible')
        ? { done: true, value: undefined }
        : { done: false, reason: `it is not ${state}` },
    );
  }

  textContent(): Promise<string> {
    return this.#only('text');
  }

  innerText(): Promise<string> {
    return this.#only('innerText');
  }

  inputValue(): Promise<string> {
    return this.#only('value');
  }

  getAttribute(name: string): Promise<string | null> {
    return this.#only('attribute', name);
  }

  boundingBox(): Promise<{ x: number; y: number; width: number; height: number }> {
    return this.#only('box');
  }

  allInnerTexts(): Promise<string[]> {
    return this.read('innerText');
  }

  /** What each of the elements says of itself now. Waits for nothing. */
  read<Name extends Field>(field: Name, argument = ''): Promise<ValueOf<Name>[]> {
    return this.#page.inPage('read', this.#steps, field, argument) as Promise<ValueOf<Name>[]>;
  }

  toString(): string {
    return describeSteps(this.#steps);
  }

  #then(step: Step): FirefoxLocator {
    return new FirefoxLocator(this.#page, [...this.#steps, step]);
  }

  #target(what: string): Promise<{ x: number; y: number }> {
    return patiently(`${what} ${this}`, async () => {
      const target = await this.#page.inPage('target', this.#steps);
      return 'reason' in target ? { done: false, ...target } : { done: true, value: target };
    });
  }

  /** Waits until there is one element. */
  #only<Name extends Field>(field: Name, argument?: string): Promise<ValueOf<Name>> {
    return patiently(`${field} of ${this}`, async () => {
      const values = await this.read(field, argument);
      return values.length === 1
        ? { done: true, value: values[0] as ValueOf<Name> }
        : { done: false, reason: `there are ${values.length}` };
    });
  }
}
