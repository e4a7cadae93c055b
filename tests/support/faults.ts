// `npm run test:faults [vitest arguments]`: the fault tests with the whole counts; in `npm test` they run a share of them.
import { run } from './run';

process.exitCode = await run('npx', ['vitest', 'run', 'tests/faults', ...process.argv.slice(2)], {
  CARBONCHAT_FAULTS: 'full',
});
