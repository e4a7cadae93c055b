// @vitest-environment node
// R8, the cable: whatever comes on it, nothing breaks and no good message is lost beside a bad one.
import { it } from 'vitest';
import { checkFrames, frameCases, framesPerCase } from './fuzz-frames';
import { fuzz } from './fuzz-runs';
import { watched } from './fuzz-world';

it('shows and stores every good message among any frames, and works on', async () => {
  await fuzz('frames', 40_000, framesPerCase, frameCases, (one) => watched(() => checkFrames(one)));
}, 1_200_000);
