// Texts that make readers of CommonMark slow: each begins something again and again and never, or always, ends it.

/** `size` characters of a kind of text. */
type Kind = (size: number) => string;

const fill = (piece: string, size: number) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
const filled =
  (piece: string): Kind =>
  (size) =>
    fill(piece, size);
const both =
  (open: string, close: string): Kind =>
  (size) =>
    fill(open, size / 2) + fill(close, size / 2);

const prose =
  'Hello **there**, this is a [link](https://example.com/a) and `code`, see https://example.org/x?y=1.\n\n- one\n- two\n\n';

export const pathological: Readonly<Record<string, Kind>> = {
  prose: filled(prose),
  'quotes in quotes': filled('>'),
  'lines of quotes': filled('>>>>>>>>>> a\n> b\n'),
  'quotes that go on': (size) => `${fill('> ', size / 2)}a\n${fill('b\n', size / 2)}`,
  'open brackets': filled('['),
  'brackets in brackets': both('[', ']'),
  'open links': filled('[a]('),
  'open addresses': filled('[a](<b'),
  'links in links': (size) => `${fill('[', size / 3)}a${fill('](u)', (size * 2) / 3)}`,
  'open references': filled('[a]['),
  references: (size) => `[a]: u\n\n${fill('[a]', size)}`,
  'definitions and references': filled('[a]: b\n\n[a] '),
  'open pictures': filled('!['),
  'open titles': filled('![a](b "'),
  parentheses: (size) => `[a](${fill('(', size)}`,
  stars: filled('*'),
  'open emphasis': filled('*a '),
  'emphasis of threes': (size) => `a**b${fill('c* ', size)}`,
  'two kinds of emphasis': filled('*a_ '),
  'every kind of emphasis': filled('*_'),
  'emphasis in emphasis': both('*a **a ', 'b** b*'),
  strikethrough: filled('~~a ~b '),
  backticks: filled('`a``b```c````d`````'),
  'growing backticks': (size) =>
    Array.from({ length: Math.sqrt(size * 2) }, (_, i) => `e${'`'.repeat(i)}`).join(''),
  'open addresses in angles': filled('<a:'),
  'open tags': filled('<a b="'),
  'open comments': filled('<!-- '),
  angles: filled('<'),
  entities: filled('&#x41;&amp'),
  ampersands: filled('&'),
  backslashes: filled('\\'),
  'lists in lists': filled('- '),
  'deeper lists': (size) =>
    Array.from({ length: Math.sqrt(size) }, (_, i) => `${' '.repeat(2 * i)}- a\n`).join(''),
  'long lists': filled('- a\n'),
  'numbers in numbers': filled('1. '),
  'lists in quotes': filled('> - '),
  'long tables': (size) => `|a|b|\n|-|-|\n${fill('|x|y|\n', size)}`,
  'wide tables': (size) => `${'|a'.repeat(size / 6)}|\n${'|-'.repeat(size / 6)}|\n${fill('|x\n', size / 3)}`,
  'tables with empty cells': (size) => `${fill('a|', 200)}\n${fill('-|', 200)}\n${fill('x\n', size)}`,
  'tables again and again': filled('a|b\n-|\n'),
  pipes: filled('|'),
  rules: filled('---\n'),
  'headings of two lines': filled('a\n=\n'),
  'a long heading': (size) => `${fill('a\n', size)}===`,
  fences: filled('```\na\n~~~\n'),
  headings: filled('# a\n'),
  paragraphs: filled('a\n\n'),
  'line breaks': filled('a\n'),
  addresses: filled('http://a.b '),
  'addresses in addresses': filled('http://'),
  'a long host': (size) => `http://${fill('a.', size)}`,
  'a long path': (size) => `http://a.b/${fill('(', size)}`,
  'names of mail': filled('a@'),
  'addresses of mail': filled('a@b.c'),
  'links to mail': filled('mailto:a@b.co '),
  'a long name of mail': (size) => `${fill('a.b-c_', size)}@`,
  colons: filled(':'),
  slashes: filled('//'),
  spaces: filled(' '),
  'empty lines': filled('\n'),
  'characters of nothing': filled('\0'),
  everything: filled('*[`<!'),
  'written from the right': filled('\u202e\u05d0 '),
};
