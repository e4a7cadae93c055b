// @vitest-environment node
// R8, the client API: whatever is answered, nothing breaks and no good thing is lost beside a bad one.
import { it } from 'vitest';
import {
  besideCases,
  besidePerCase,
  checkBeside,
  checkInstead,
  insteadCases,
  insteadPerCase,
} from './fuzz-answers';
import { fuzz } from './fuzz-runs';
import { watched } from './fuzz-world';

it('shows and stores every good thing in a list, whatever stands beside it', async () => {
  await fuzz('listed things', 20_000, besidePerCase, besideCases, (one) => watched(() => checkBeside(one)));
}, 1_200_000);

it('comes to the same end after any answers, once the server makes sense again', async () => {
  await fuzz('answers', 10_000, insteadPerCase, insteadCases, (one) => watched(() => checkInstead(one)));
}, 1_200_000);
