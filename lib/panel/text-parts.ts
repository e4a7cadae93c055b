// Finds the links in a message's text. Pure and linear; a link is an address that the browser itself reads as
// http, https, mailto or tel, everything else stays text.

export type TextPart = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

const candidate = /\b(?:https?:\/\/|mailto:|tel:)[^\s<>"]+/gi;
const closing = /[.,;:!?'*_~)\]}…。，、！？]/;

/** @returns the text in order, nothing lost: joining the parts' texts gives it back. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const match of text.matchAll(candidate)) {
    const written = withoutClosing(match[0]);
    const href = safeHref(written);
    if (!href) continue;
    if (match.index > done) parts.push({ kind: 'text', text: text.slice(done, match.index) });
    parts.push({ kind: 'link', text: written, href });
    done = match.index + written.length;
  }
  if (done < text.length) parts.push({ kind: 'text', text: text.slice(done) });
  return parts;
}

const protocols = ['https:', 'http:', 'mailto:', 'tel:'];

/** @returns the address as the browser reads it; null unless it is http, https, mailto or tel. */
export function safeHref(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  return protocols.includes(protocol) ? href : null;
}

/** Whether the message is one to three emoji and nothing else. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= 40 && emoji.test(text);
}

const emoji = /^\s*(?:(?:\p{RI}{2}|\p{ExtPict}(?:\uFE0F|\p{EMod}|\u200D\p{ExtPict})*)\s*){1,3}$/u;

/** Sentences end after an address, and brackets may stand around it. */
function withoutClosing(address: string): string {
  let end = address.length;
  let open = 0;
  for (const character of address) open += character === '(' ? 1 : character === ')' ? -1 : 0;
  while (end > 0 && closing.test(address.charAt(end - 1))) {
    if (address.charAt(end - 1) === ')') {
      if (open >= 0) break;
      open++;
    }
    end--;
  }
  return address.slice(0, end);
}
