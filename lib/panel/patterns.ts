// Patterns of form fields, as the server gave them: matched as HTML does, and only where that surely takes little time. The
// engine goes back over every way in which a pattern could match, and nothing stops it once it has begun.

/** A pattern that could lead through more ways than this is not tried: some hundredths of a second. */
const mostWays = 1_000_000;
const longestPattern = 500;
const mostTimes = 1_000;

/**
 * @returns whether the whole value matches. True as well where the pattern is none, or could take long: the server checks
 * neither, and a pattern that is broken must keep nobody from answering.
 */
export function matchesPattern(pattern: string, value: string): boolean {
  if (pattern.length > longestPattern || waysToMatch(pattern, value.length) > mostWays) return true;
  try {
    // Alone first: what is whole only between our brackets is none.
    new RegExp(pattern, 'v');
    return new RegExp(`^(?:${pattern})$`, 'v').test(value);
  } catch {
    return true;
  }
}

/**
 * At most so many ways lead through a pattern over a text of this length: what may repeat multiplies them by how often it may,
 * each alternative adds one. Infinite where a group that repeats holds something that repeats, or could be told in several ways.
 */
export function waysToMatch(pattern: string, length: number): number {
  const whole: Group = { ways: 1, repeats: false };
  const open = [whole];
  /** The part before, for a quantifier to repeat. */
  let part = whole;
  for (const [token] of pattern.matchAll(tokens)) {
    const group = open.at(-1) ?? whole;
    const times = timesOf(token, length);
    if (times) {
      const { least, most } = times;
      if (most > 1 && (part.ways > 1 || part.repeats)) return Number.POSITIVE_INFINITY;
      if (least > mostTimes) return Number.POSITIVE_INFINITY;
      group.ways *= most - least + 1;
      group.repeats = true;
    } else if (token === ')' && open.length > 1) {
      part = group;
      open.pop();
      const outer = open.at(-1) ?? whole;
      outer.ways *= part.ways;
      outer.repeats ||= part.repeats;
    } else {
      part = { ways: 1, repeats: false };
      if (token === '|') group.ways++;
      if (token.startsWith('(')) open.push(part);
    }
  }
  return open.reduce((all, { ways }) => all * ways, 1);
}

interface Group {
  ways: number;
  repeats: boolean;
}

/** Escapes and classes count as one character; a lazy mark behind a quantifier changes no number. */
const tokens = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?<?[=!:]|\(|\)|\||\{\d+(?:,\d*)?\}\??|[*+?]\??|./gsu;

function timesOf(token: string, length: number): { least: number; most: number } | null {
  if (token.startsWith('*')) return { least: 0, most: length };
  if (token.startsWith('+')) return { least: 1, most: Math.max(1, length) };
  if (token.startsWith('?')) return { least: 0, most: 1 };
  const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}/.exec(token) ?? [];
  if (least === undefined) return null;
  const atLeast = Number(least);
  if (!comma) return { least: atLeast, most: atLeast };
  return { least: atLeast, most: Math.max(atLeast, most ? Math.min(Number(most), length) : length) };
}
