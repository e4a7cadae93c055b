// In the browser: what its own measure of layout shift has seen since the page began, and what moved.

/** As the browser reports it; not among the types of the language. */
interface LayoutShift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources: readonly { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
}

/** Filled as the browser tells; in words, for whoever has to find the cause. */
export function watchShifts(): string[] {
  const seen: string[] = [];
  const tell = (entries: readonly PerformanceEntry[]) => {
    // Whether the person has just pressed something excuses nothing.
    for (const { startTime, value, hadRecentInput, sources } of entries as readonly LayoutShift[])
      seen.push(
        `${Math.round(startTime)} ${value.toFixed(4)}${hadRecentInput ? ' after input' : ''}: ${sources.map(moved).join('; ')}`,
      );
  };
  new PerformanceObserver((list) => tell(list.getEntries())).observe({
    type: 'layout-shift',
    buffered: true,
  });
  return seen;
}

function moved({ node, previousRect, currentRect }: LayoutShift['sources'][number]): string {
  const element = node instanceof Element ? node : node?.parentElement;
  const name = element
    ? `${element.localName}.${element.className} “${element.textContent.slice(0, 30)}”`
    : 'gone';
  const rect = ({ x, y, width, height }: DOMRectReadOnly) => `${[x, y, width, height].map(Math.round)}`;
  return `${name} ${rect(previousRect)} -> ${rect(currentRect)}`;
}
