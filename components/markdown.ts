// Reads the CommonMark of a message into tokens, within bounds. Knows nothing of views, and makes no HTML.
import MarkdownIt, { type StateBlock, type StateInline, type Token } from 'markdown-it';
import { safeHref } from '@/lib/panel/text-parts';

/** More pieces than this cost more time than a frame has; no message that a person writes comes near. */
export const mostPieces = 8000;
/** Lists in quotes in lists: deeper ones cannot be told apart on screen. */
const deepest = 16;

// Its own bound of nesting leaves words out, and is never met; but it is what keeps open brackets cheap.
const parser = new MarkdownIt({ html: false, breaks: true, linkify: true, maxNesting: deepest + 2 });
// What is not a safe address is no link: it stays as it was written.
parser.normalizeLink = (address) => safeHref(address) ?? '';
parser.validateLink = (address) => address !== '';
parser.normalizeLinkText = (text) => text;

/** Counts the pieces of one message while they are made. */
type Meter = { pieces: number };

/** Thrown through the parser, which has no bounds of its own that would keep the words. */
class TooMuch extends Error {}

function count(meter: Meter, level: number): void {
  if (++meter.pieces > mostPieces || level > deepest) throw new TooMuch();
}

parser.block.State = class extends parser.block.State {
  override push(...piece: Parameters<StateBlock['push']>) {
    count(this.env as Meter, this.level);
    return super.push(...piece);
  }
};
parser.inline.State = class extends parser.inline.State {
  override pushPending() {
    count(this.env as Meter, this.level);
    return super.pushPending();
  }
  override push(...piece: Parameters<StateInline['push']>) {
    count(this.env as Meter, this.level);
    return super.push(...piece);
  }
};

export interface Reading {
  /** In order, those of a line in its place. Their addresses are safe. */
  tokens: Token[];
  /** How much work it was, without a clock. */
  pieces: number;
}

/**
 * @returns null where the text can only be shown as it was written: it has too many pieces or too deep ones, or there
 * would be nothing to see.
 */
export function readMarkdown(text: string): Reading | null {
  const meter: Meter = { pieces: 0 };
  try {
    const tokens = parser.parse(text, meter).flatMap((token) => token.children ?? token);
    return isWithin(tokens) && tokens.some(isVisible) ? { tokens, pieces: meter.pieces } : null;
  } catch (error) {
    if (error instanceof TooMuch) return null;
    throw error;
  }
}

/** Emphasis is nested only after its pieces were made, and links in plain words are found last. */
function isWithin(tokens: readonly Token[]): boolean {
  let level = 0;
  return (
    tokens.length <= mostPieces &&
    tokens.every(({ nesting }) => {
      level += nesting;
      return level <= deepest;
    })
  );
}

function isVisible({ type, content }: Token): boolean {
  return type === 'hr' || type === 'image' || type === 'link_open' || content.trim() !== '';
}
