// The code examples of a document, as they stand in it. Runs none.
import { readFileSync } from 'node:fs';

export interface Example {
  language: string;
  code: string;
}

/** Every fenced block of a Markdown file, in order. */
export function examplesOf(file: string): Example[] {
  const text = readFileSync(file, 'utf8');
  const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  const fences = text.match(/^```/gm)?.length ?? 0;
  if (blocks.length === 0 || blocks.length * 2 !== fences) throw new Error(`${file} is not read whole.`);
  return blocks.map(([, language = '', code = '']) => ({ language, code }));
}
