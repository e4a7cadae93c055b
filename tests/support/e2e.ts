// `npm run test:e2e [playwright arguments]`: the end-to-end tests with one config file (CARBONCHAT_CONFIG, else
// tests/e2e/default.config.json). The browser and the build are made ready by the tests' own global setup.
import { run } from './run';

process.exitCode = await run('npx', ['playwright', 'test', ...process.argv.slice(2)]);
