// Counts the events of the cable that we do not know or cannot read: a newer server sends them, and none of them is fatal.

const mostNames = 50;

/**
 * @returns what counts one event by its name, and reports the first, the tenth, the hundredth … of each. Names are the
 * server's words: what does not look like one is not repeated.
 */
export function createEventTally(report: (problem: string) => void): (event: string) => void {
  const counts = new Map<string, number>();
  return (event) => {
    const isName = /^[a-z_.]{1,60}$/.test(event) && (counts.has(event) || counts.size < mostNames);
    const name = isName ? event : 'without a name of ours';
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    if (Number.isInteger(Math.log10(count))) report(`events that are not known: ${count} ${name}`);
  };
}
