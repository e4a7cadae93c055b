// Whether the words of a link say another address than the one it leads to. Pure; bounded whatever the words are.

/** Addresses that words may seem to name: of mail and of hosts, of numbers, and telephone numbers. */
const address =
  /(?:[\p{L}\p{N}._+-]{1,64}@)?(?:[\p{L}\p{N}-]{1,63}\.){1,9}\p{L}{2,63}|\d{1,3}(?:\.\d{1,3}){3}|\+?\d[\d ()/-]{5,24}\d/gu;
/** What people look at; no address is longer. */
const longestWords = 300;
/** Characters by which words are read in another order than they have. */
const overrides = /[\u202a-\u202e]/;

/**
 * What a person must be told beside the words of a link, because they look like another address: the host, the address
 * of mail or the number it leads to. Null where the words name no address, or this one.
 *
 * @param href as the browser reads it.
 */
export function hiddenTarget(words: string, href: string): string | null {
  // Most links are their own words; a name before the host would be a disguise.
  if ((words === href || `${words}/` === href) && !words.includes('@')) return null;
  const target = targetOf(href);
  const plain = words
    .slice(0, longestWords)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replaceAll('。', '.')
    .trim();
  if (isAddressItself(plain, target)) return null;
  if (overrides.test(words)) return target;
  const named = plain.match(address) ?? [];
  return named.every((each) => comparable(each) === comparable(target)) ? null : target;
}

/** What to call a link without words: the file at its address, else where it leads. */
export function nameOfTarget(href: string): string {
  const { protocol, pathname } = new URL(href);
  const file = protocol.startsWith('http') ? pathname.split('/').at(-1) : '';
  return file ? decoded(file).replace(new RegExp(overrides, 'g'), '') : targetOf(href);
}

function targetOf(href: string): string {
  const { protocol, host, pathname } = new URL(href);
  return protocol === 'mailto:' || protocol === 'tel:' ? decoded(pathname) : host;
}

/** The path behind the host is the host's own, whatever it looks like; a name before it is a disguise. */
function isAddressItself(words: string, target: string): boolean {
  const written = /^[a-z]+:/i.test(words) ? words : `https://${words}`;
  if (/\s/.test(words) || !URL.canParse(written)) return false;
  const { username, password } = new URL(written);
  return username + password === '' && comparable(targetOf(written)) === comparable(target);
}

/** One spelling of hosts, whatever alphabet and case; the digits of numbers. */
function comparable(address: string): string {
  if (/^[+\d][\d ()/-]+$/.test(address)) return address.replace(/\D/g, '');
  const host = `https://${address}`;
  const ascii = !address.includes('@') && URL.canParse(host) ? new URL(host).host : address.toLowerCase();
  return ascii.replace(/^www\./, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone percent sign
  }
}
