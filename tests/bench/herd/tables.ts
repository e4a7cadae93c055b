// The herd's figures in words: Markdown tables of ours beside the peer, and where ours is above it, and why.

/** One story: the median figures of both, by flat name. */
export interface Told {
  name: string;
  ours: Record<string, number>;
  peer: Record<string, number>;
}

const shown: readonly { title: string; digits: number; columns: readonly string[] }[] = [
  {
    title: 'Seconds from the moment from which it was possible until subscribed',
    digits: 2,
    columns: ['wait p50', 'wait p95', 'wait p99', 'wait max'],
  },
  {
    title: 'The busiest second: connections, and gap reads; and handshakes tried in vain, in all',
    digits: 0,
    columns: ['connections peak', 'gapReads peak', 'inVain'],
  },
];

function ratio({ ours, peer }: Told, column: string): number {
  const [a, b] = [ours[column] ?? Number.NaN, peer[column] ?? Number.NaN];
  return a === b ? 1 : a / b;
}

export function tablesOf(stories: readonly Told[]): string {
  return shown
    .map(({ title, digits, columns }) => {
      const cell = (story: Told, column: string) => {
        const [ours, peer] = [story.ours[column], story.peer[column]].map((value) => value?.toFixed(digits));
        const r = ratio(story, column);
        return `${ours} / ${peer} (${Number.isFinite(r) ? r.toFixed(2) : '–'})`;
      };
      return [
        `**${title}**: ours / @rails/actioncable (ratio)\n`,
        `| story | ${columns.join(' | ')} |`,
        `|---|${columns.map(() => '---').join('|')}|`,
        ...stories.map((story) => `| ${story.name} | ${columns.map((c) => cell(story, c)).join(' | ')} |`),
      ].join('\n');
    })
    .join('\n\n');
}

/** A ratio from which on a figure is named: of waits, and of what is counted in a second. */
const named = (column: string) => (column.startsWith('wait') ? 1.02 : 1.05);

/** The highest of many random counts differs from run to run: is it within two standard deviations of the difference? */
function mayBeChance({ ours, peer }: Told, column: string): boolean {
  const [a, b] = [ours[column] ?? Number.NaN, peer[column] ?? Number.NaN];
  return column.endsWith('peak') && a - b <= 2 * Math.sqrt(a + b);
}

/** Why a figure may be above the peer's: what was chosen instead. */
function reasonFor(column: string): string {
  if (column.startsWith('wait'))
    return 'up to 28 s between two tries while no panel is open, which keeps the busiest second below the peer’s';
  if (column === 'inVain')
    return 'one quick try after every loss, and then one every 7 to 10 s (28 s with the panel closed), where the peer waits 6 s first and in the end 24 to 28 s';
  return 'a wait of at most 10 s while a panel is open (R4), of at most 28 s otherwise (Chrome stops a worker that idles for 30 s), and a quick try after a drop (P10), chosen over a lower peak';
}

/** One line for every kind of figure that is above the peer's, with the stories in which it is. */
export function aboveThePeer(stories: readonly Told[]): string {
  const columns = shown.flatMap(({ columns }) => columns);
  const lines = columns.flatMap((column) => {
    const above = stories.filter((story) => ratio(story, column) > named(column));
    if (above.length === 0) return [];
    const places = above
      .map((story) => {
        const doubt = mayBeChance(story, column) ? ', may be chance' : '';
        return `${story.name} (${ratio(story, column).toFixed(2)}${doubt})`;
      })
      .join('; ');
    return [`- ${column}: ${places}. Why: ${reasonFor(column)}.`];
  });
  const head = 'Where ours is above the peer (a ratio over 1.05, of waits over 1.02):';
  return lines.length === 0 ? `${head} nowhere.` : [head, ...lines].join('\n');
}
