// What a locator asks for, as data that goes into the page: the steps from the document to the elements. Also how words
// are compared, which both sides do as Playwright does: white space is folded, and a string is a part in any case.

export type Words = { text: string; exact: boolean } | { source: string; flags: string };

export type Step =
  | { by: 'css'; selector: string }
  | { by: 'role'; role: string; name?: Words }
  | { by: 'text'; words: Words }
  | { by: 'hasText'; words: Words }
  | { by: 'nth'; index: number };

/** `exact`: the whole, in its own case. */
export function wordsOf(wanted: string | RegExp, exact = false): Words {
  if (typeof wanted === 'string') return { text: fold(wanted), exact };
  return { source: wanted.source, flags: wanted.flags };
}

/** White space as a reader sees it. */
export function fold(text: string): string {
  return text
    .replace(/[\u200b\u00ad]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether a text has the wanted words. */
export function hasWords(words: Words, text: string): boolean {
  if ('source' in words) return new RegExp(words.source, words.flags).test(text);
  if (words.exact) return fold(text) === words.text;
  return fold(text).toLowerCase().includes(words.text.toLowerCase());
}

/** For the messages of failing tests: `role log "Messages" › role article › has text "Hello"`. */
export function describeSteps(steps: readonly Step[]): string {
  return steps.map(describeStep).join(' › ');
}

function describeStep(step: Step): string {
  if (step.by === 'css') return step.selector;
  if (step.by === 'nth') return step.index === -1 ? 'the last' : `number ${step.index + 1}`;
  if (step.by === 'role') return `role ${step.role}${step.name ? ` ${describeWords(step.name)}` : ''}`;
  return `${step.by === 'text' ? 'text' : 'has text'} ${describeWords(step.words)}`;
}

function describeWords(words: Words): string {
  return 'source' in words ? `/${words.source}/${words.flags}` : JSON.stringify(words.text);
}
