// Says what in a document nobody may have put there from outside: every element, attribute and address that is not on
// these lists. Knows nothing of how it was drawn; the same judge looks at ours and at others.

const elements = new Set([
  ...[
    'main',
    'header',
    'footer',
    'div',
    'span',
    'p',
    'h1',
    'h2',
    'h3',
    'b',
    'i',
    'bdi',
    'strong',
    'em',
    's',
    'small',
  ],
  ...[
    'a',
    'button',
    'textarea',
    'article',
    'section',
    'ul',
    'ol',
    'li',
    'blockquote',
    'q',
    'code',
    'pre',
    'hr',
    'br',
    'img',
  ],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'time', 'figure', 'figcaption', 'dl', 'dt', 'dd'],
  // Answers to what agents ask for.
  ...['form', 'fieldset', 'legend', 'label', 'input', 'select', 'option'],
  // Icons.
  ...['svg', 'path', 'circle', 'rect', 'line', 'polyline', 'polygon', 'ellipse', 'g'],
]);

const attributes = new Set([
  ...[
    'class',
    'id',
    'dir',
    'lang',
    'title',
    'role',
    'tabindex',
    'hidden',
    'href',
    'src',
    'alt',
    'target',
    'rel',
    'type',
  ],
  ...[
    'width',
    'height',
    'loading',
    'decoding',
    'referrerpolicy',
    'start',
    'rows',
    'placeholder',
    'value',
    'name',
    'for',
  ],
  ...[
    'checked',
    'selected',
    'disabled',
    'required',
    'maxlength',
    'autocomplete',
    'inputmode',
    'novalidate',
    'datetime',
  ],
  ...[
    'xmlns',
    'viewBox',
    'fill',
    'stroke',
    'stroke-width',
    'stroke-linecap',
    'stroke-linejoin',
    'd',
    'cx',
    'cy',
    'r',
  ],
  ...[
    'data-key',
    'data-message',
    'style',
    'autocapitalize',
    'spellcheck',
    'rx',
    'ry',
    'x',
    'y',
    'x1',
    'y1',
    'x2',
    'y2',
    'points',
  ],
]);

/** What may stand where a name or a keyword is expected, whatever the words of a message are. */
const shapes: Readonly<Record<string, RegExp>> = {
  class: /^[\w -]*$/,
  id: /^[\w:.-]+$/,
  for: /^[\w:.-]+$/,
  name: /^[\w:.-]+$/,
  'data-key': /^[\w-]+$/,
  'data-message': /^\d+$/,
  // Measures; no address.
  style: /^(?!.*url)[\w\s:;.,%/()-]*$/,
  lang: /^[\w-]+$/,
  dir: /^(?:ltr|rtl|auto)$/,
  target: /^_blank$/,
  rel: /\bnoopener\b/,
  type: /^(?:button|submit|text|email|tel|radio|checkbox|search)$/,
};

const linkProtocols = ['https:', 'http:', 'mailto:', 'tel:'];

export interface Problem {
  what: string;
  where: string;
}

/** Every problem below `root`. @param own addresses of the page itself that may be shown as pictures. */
export function judge(root: ParentNode, own: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  for (const element of root.querySelectorAll('*')) {
    const tell = (what: string) => problems.push({ what, where: element.outerHTML.slice(0, 300) });
    if (!elements.has(element.localName)) tell(`element ${element.localName}`);
    for (const { name, value } of element.attributes) {
      if (!attributes.has(name) && !/^aria-[a-z]+$/.test(name)) tell(`attribute ${name}`);
      else if (shapes[name] && !shapes[name].test(value)) tell(`value of ${name}`);
    }
    const href = element.getAttribute('href');
    if (href !== null && !isLink(href)) tell('address of a link');
    if (element.localName === 'a' && href !== null && element.getAttribute('rel') === null) tell('no rel');
    const src = element.getAttribute('src');
    if (src !== null && !own.includes(src) && !isPicture(src)) tell('address of a picture');
  }
  return problems;
}

/** Whole addresses only: what is relative would lead into the extension itself. */
function isLink(address: string): boolean {
  return URL.canParse(address) && linkProtocols.includes(new URL(address).protocol);
}

function isPicture(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' || address.startsWith(`blob:${location.origin}/`);
}
