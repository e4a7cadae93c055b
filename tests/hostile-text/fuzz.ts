// Texts that nobody has thought of: pieces of CommonMark, HTML, addresses and odd characters, put together by a seed.
// The same seed makes the same texts.
import { heldPayloads, payloads } from './payloads';

const pieces: readonly string[] = [
  ...[
    '*',
    '**',
    '_',
    '~~',
    '`',
    '``',
    '```\n',
    '~~~',
    '# ',
    '> ',
    '- ',
    '1. ',
    '+ ',
    '***\n',
    '---\n',
    '\n',
    '\n\n',
  ],
  ...[
    '[',
    ']',
    '(',
    ')',
    '](',
    '![',
    '][',
    ']: ',
    '<',
    '>',
    '</',
    '/>',
    '|',
    '|-|',
    '\n|',
    ':-',
    '\\',
    '  \n',
    '    ',
  ],
  ...[
    '"',
    "'",
    '=',
    '&',
    ';',
    '&#',
    '&#x',
    '&lt;',
    '&gt;',
    '&quot;',
    '&colon;',
    '&Tab;',
    '&NewLine;',
    '&#58;',
    '&amp;',
  ],
  ...[
    'javascript:',
    'data:',
    'vbscript:',
    'file:',
    'blob:',
    'https://',
    'http://',
    'mailto:',
    'tel:',
    '//',
    'www.',
  ],
  ...[
    'a',
    ' ',
    'b c',
    'hit()',
    'canary.example',
    '/x',
    '?y=',
    '#z',
    '@',
    '.',
    ':',
    'script',
    'text/html,',
    '%3C',
    '%00',
  ],
  ...[
    '<script>',
    '</script>',
    '<img src=x ',
    'onerror=',
    'onload=',
    'onfocus=',
    'autofocus ',
    '<svg',
    '<math>',
    '<a href=',
  ],
  ...[
    '<style>',
    '<iframe srcdoc=',
    '<base href=',
    '<form action=',
    '<template>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
  ],
  ...[
    '\0',
    '\t',
    '\r',
    '\u00a0',
    '\u200b',
    '\u202e',
    '\u2066',
    '\u2069',
    '\ufeff',
    '\ud83d',
    '\udc4d',
    '👍',
    '👩‍👧',
    'مرحبا',
  ],
];

/** @returns the text with this number of this seed, and a fraction to choose by. */
export function fuzzed(seed: number, index: number): { text: string; choice: number } {
  const next = generator(seed ^ Math.imul(index + 1, 0x9e3779b1));
  const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)] ?? '';
  let text = '';
  for (let left = 1 + Math.floor(next() * 14); left > 0; left--) {
    const what = next();
    if (what < 0.78) text += pick(pieces);
    else if (what < 0.88) text += cut(pick(next() < 0.5 ? payloads : heldPayloads), next(), next());
    else if (what < 0.93) text += pick(pieces).repeat(1 + Math.floor(next() * 40));
    else if (what < 0.97) text += String.fromCodePoint(Math.floor(next() * 0x3000));
    else text = text.split('').reverse().join('');
  }
  return { text, choice: next() };
}

/** A part of at most 200 characters. */
function cut(text: string, from: number, length: number): string {
  const start = Math.floor(from * text.length);
  return text.slice(start, start + Math.ceil(length * 200));
}

/** Fractions from 0 to 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
