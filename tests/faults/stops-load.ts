// Loads the story with a lib/ in which every wait is a stop point.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Plugin, runnerImport } from 'vite';
import { type Wait, waitsOf, withStops } from './stops-awaits';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const here = `${root}/tests/faults`;

/** The panel's own code and the build's are no part of the background. */
const isOurs = (file: string) => file.startsWith('lib/') && !/^lib\/(panel|build)\//.test(file);

/** Every wait in the source of the background. */
export function waitsInSource(): Wait[] {
  const names = readdirSync(`${root}/lib`, { recursive: true, encoding: 'utf8' });
  const files = names.map((name) => `lib/${name}`).filter((file) => file.endsWith('.ts') && isOurs(file));
  return files.sort().flatMap((file) => waitsOf(file, readFileSync(`${root}/${file}`, 'utf8')));
}

const stops: Plugin = {
  name: 'stops',
  enforce: 'pre',
  transform(code, id) {
    const file = id.slice(root.length + 1);
    return isOurs(file) ? withStops(file, code, `${here}/stops-points.ts`) : null;
  },
};

/** The story, told by a background that can be stopped at every wait. */
export async function loadStory(): Promise<typeof import('./stops-story')> {
  const { module } = await runnerImport<typeof import('./stops-story')>(`${here}/stops-story.ts`, {
    root,
    logLevel: 'error',
    plugins: [stops],
    resolve: { alias: { 'wxt/browser': `${here}/stops-storage.ts`, '@': root } },
  });
  return module;
}
