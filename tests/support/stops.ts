// `npm run test:stops [playwright arguments]`: the whole count of real stops of the background and kills of the browser,
// of which a run of everything makes a few. Prints its seeds and how long it took.
import { run } from './run';

const began = performance.now();
const scenarios = ['stops.spec', 'kills.spec'];
process.exitCode = await run('npx', ['playwright', 'test', ...scenarios, ...process.argv.slice(2)], {
  CARBONCHAT_FAULTS: 'full',
});
console.log(`\n${Math.round((performance.now() - began) / 60_000)} minutes`);
