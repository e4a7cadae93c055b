// Counts characters as the server does: code points, not UTF-16 units. Pure.
import { maxMessageLength } from '@/lib/messaging/commands';

export { maxMessageLength };

/** @returns code points; a lone half of a pair counts as one. */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    const isPair =
      (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
    if (isPair) {
      count--;
      index++;
    }
  }
  return count;
}
