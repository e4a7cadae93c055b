// `npm run test:faults [vitest arguments]`: the fault tests with the whole counts, and without arguments the hostile texts
// in Chromium; in `npm test` they run a share of them.
import { run } from './run';

const args = process.argv.slice(2);
const env = { CARBONCHAT_FAULTS: 'full' };
process.exitCode = await run('npx', ['vitest', 'run', 'tests/faults', ...args], env);
if (process.exitCode === 0 && args.length === 0)
  process.exitCode = await run('npx', ['playwright', 'test', 'hostile-text'], env);
