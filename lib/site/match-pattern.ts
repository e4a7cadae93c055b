// Match patterns of our configuration: a browser's match pattern that may also carry a port.
// Decides whether a page belongs to a pattern; knows nothing of sites and of the extension API.

interface Parts {
  scheme: string;
  wildcard: boolean;
  host: string;
  port: string;
  path: string;
}

const shape = /^(\*|https?):\/\/(\*\.)?([^/*:@?#\s]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?(\/.*)$/i;

/**
 * Says what is wrong with a pattern, in words for the author of a configuration; null: nothing.
 * Patterns for every host are refused: the panel belongs to named sites only (design §8).
 */
export function patternProblem(pattern: string): string | null {
  if (pattern === '<all_urls>' || /^[^:]*:\/\/\*(:\d+)?(\/|$)/.test(pattern)) {
    return 'must name a host; patterns for every website are not allowed';
  }
  const parts = split(pattern);
  if (parts === null) return 'must look like https://app.example.com/* (scheme, host, path)';
  if (parts.wildcard && !parts.host.includes('.') && parts.host !== 'localhost') {
    return `is too broad: *.${parts.host} covers every website below it`;
  }
  return null;
}

/** The pattern for the browser: without its port, which Firefox accepts and then never matches. */
export function manifestPattern(pattern: string): string {
  const { scheme, wildcard, host, path } = valid(pattern);
  return `${scheme}://${wildcard ? '*.' : ''}${host}${path}`;
}

/** An address that belongs to a pattern, as far as its path can be typed: up to its first star. */
export function pageAddress(pattern: string): string {
  const { scheme, host, port, path } = valid(pattern);
  return `${scheme === '*' ? 'https' : scheme}://${host}${port && `:${port}`}${path.split('*')[0]}`;
}

/**
 * Whether a page's address belongs to a pattern: scheme, host, the port (a pattern without one means the
 * scheme's own) and the path with its query.
 */
export function matchesUrl(pattern: string, address: string): boolean {
  const url = urlOf(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  const { scheme, wildcard, host, port, path } = valid(pattern);
  const sameScheme = scheme === '*' || `${scheme}:` === url.protocol;
  const sameHost = url.hostname === host || (wildcard && url.hostname.endsWith(`.${host}`));
  const samePort = url.port === (port === defaultPort(url.protocol) ? '' : port);
  return sameScheme && sameHost && samePort && globMatches(path, url.pathname + url.search);
}

function valid(pattern: string): Parts {
  const parts = split(pattern);
  if (parts === null) throw new TypeError(`not a match pattern: ${pattern}`);
  return parts;
}

function split(pattern: string): Parts | null {
  const [, scheme = '', wildcard, host = '', port = '', path = ''] = shape.exec(pattern) ?? [];
  // The browser's own parser settles case and letters outside ASCII, and refuses hosts that cannot be.
  const url = urlOf(`http://${host}:${port || 80}/`);
  if (url === null || host === '') return null;
  return { scheme: scheme.toLowerCase(), wildcard: wildcard !== undefined, host: url.hostname, port, path };
}

// URL.parse came to Chrome later than our oldest version.
function urlOf(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}

function defaultPort(protocol: string): string {
  return protocol === 'https:' ? '443' : '80';
}

// Not a regular expression: its time grows with the length only, whatever a page puts in its address.
function globMatches(glob: string, text: string): boolean {
  const pieces = glob.split('*');
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return text === glob;
  const last = pieces.at(-1) ?? '';
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = text.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
