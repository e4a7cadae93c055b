// The same messages as others draw them: CommonMark made HTML by `?by=marked` or `?by=snarkdown`, and put into the page.
import { marked } from 'marked';
import snarkdown from 'snarkdown';
import { judge } from './judge';
import { createStage } from './stage';
import { watch } from './witness';

const toHtml = {
  marked: (text: string) => marked.parse(text, { async: false }),
  snarkdown,
}[new URLSearchParams(location.search).get('by') ?? ''];
if (!toHtml) throw new Error('by whom?');
/** Nothing where it gives up: marked does, on many quotes in each other. */
function drawn(text: string): string {
  try {
    return toHtml?.(text) ?? '';
  } catch {
    return '';
  }
}
const root = document.getElementById('panel') ?? document.body;

const stage = createStage(watch(), {
  draw(wires) {
    const texts = new Set(wires.map(({ content }) => String(content ?? '')));
    root.innerHTML = [...texts].map((text) => `<div>${drawn(text)}</div>`).join('');
  },
  problems: () => judge(root, []),
});
Object.assign(globalThis, { stage });
