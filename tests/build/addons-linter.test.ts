// @vitest-environment node
// What Firefox's store says of the extension: no error, and no warning that docs/store-listing.md does not explain.
import { readFileSync } from 'node:fs';
import linter from 'addons-linter';
import { expect, it } from 'vitest';
import { oneSite } from '../site/sites';
import { buildExtension } from './build-extension';

it('has no error, and exactly the warnings that are explained', async () => {
  const build = await buildExtension('firefox', oneSite());
  expect(build.code, build.output).toBe(0);
  const { errors, warnings, notices } = await linter
    .createInstance({ config: { _: [build.dir], logLevel: 'fatal', output: 'none' }, runAsBinary: false })
    .run();
  await build.remove();
  expect(errors).toEqual([]);
  const said = [...warnings, ...notices].map(({ code }) => code).sort();
  const table = readFileSync('docs/store-listing.md', 'utf8').split('linter of Firefox')[1] ?? '';
  const explained = [...table.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
  expect(said).toEqual(explained.sort());
}, 120_000);
