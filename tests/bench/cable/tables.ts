// The results of a run as Markdown. Pure.

import { type Kind, kinds } from './protocol';
import { figuresOf, type Line, type Results, situations, type Times } from './results';

const names = {
  drop: 'Connection dropped, server up',
  'half-open': 'Half-open: sockets stay open and carry nothing, new ones work',
  outage: 'Nobody can connect for a while',
};

const verdicts = { true: 'reached', false: 'not reached', null: 'not measured' };

/** All tables of a run, under headings of their own. Times are p50 / p95 / max in milliseconds. */
export function tablesOf(results: Results): string {
  const { lines, messages } = results;
  const played = situations.filter((situation) => lines[situation].ours.samples > 0);
  return [
    table(
      ['figure', 'to reach', 'measured', ''],
      figuresOf(results).map(({ name, toReach, measured, isReached }) => [
        name,
        toReach,
        measured,
        verdicts[String(isReached) as keyof typeof verdicts],
      ]),
    ),
    ...played.map((situation) => `**${names[situation]}**\n\n${timesTable(lines[situation])}`),
    `**Messages, at all clients of a kind together**\n\n${table(
      ['client', 'messages', 'lost', 'doubled', 'out of order'],
      kinds.map((kind) => {
        const { messages: all, lost, doubled, outOfOrder } = messages[kind];
        return [kind, all, lost, doubled, outOfOrder].map(String);
      }),
    )}`,
  ].join('\n\n');
}

function timesTable(line: Record<Kind, Line>): string {
  return table(
    ['client', 'times', 'told', 'subscribed', 'ours / it: p50', 'p95', 'max', 'gap closed'],
    kinds.map((kind) => [
      kind,
      String(line[kind].samples),
      timesText(line[kind].told),
      timesText(line[kind].back),
      ...ratios(line, kind),
      kind === 'ours' ? timesText(line.ours.gapClosed) : 'does not',
    ]),
  );
}

function ratios({ ours, ...peers }: Record<Kind, Line>, kind: Kind): string[] {
  if (kind === 'ours') return ['', '', ''];
  const theirs = peers[kind].back;
  return (['p50', 'p95', 'max'] as const).map((key) => (ours.back[key] / theirs[key]).toFixed(2));
}

function timesText({ p50, p95, max, never }: Times): string {
  if (Number.isNaN(p50)) return never > 0 ? 'never' : '';
  return `${p50} / ${p95} / ${max}${never > 0 ? `, ${never} never` : ''}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
