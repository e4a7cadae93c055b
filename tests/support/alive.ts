// `npm run test:alive [playwright arguments]`: how long the background lives and how it comes back, with no debugger attached,
// on the real clock; about 16 minutes. `npm run test:e2e` watches one minute of it, `npm test` none.
import { run } from './run';

process.exitCode = await run('npx', ['playwright', 'test', 'alive.spec', ...process.argv.slice(2)], {
  CARBONCHAT_ALIVE: 'full',
});
