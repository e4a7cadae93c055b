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
const root = document.getElementById('panel') ?? document.body;

const stage = createStage(watch(), {
  draw(wires) {
    root.innerHTML = wires.map(({ content }) => `<div>${toHtml(String(content ?? ''))}</div>`).join('');
  },
  problems: () => judge(root, []),
});
Object.assign(globalThis, { stage });
