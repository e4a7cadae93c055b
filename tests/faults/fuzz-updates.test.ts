// @vitest-environment node
// R8, the panel's side: whatever comes on its port, it stays whole and shows again all that is good.
import { it } from 'vitest';
import { fuzz } from './fuzz-runs';
import { checkUpdates, updateCases, updatesPerCase } from './fuzz-updates';
import { watched } from './fuzz-world';

it('shows everything good after any update, and takes any answer to a command', async () => {
  await fuzz('updates', 10_000, updatesPerCase, updateCases, (one) => watched(() => checkUpdates(one)));
}, 1_200_000);
