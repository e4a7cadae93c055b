// @vitest-environment node
// R8, what is stored: whatever lies in the two stores, the background starts and loses no good record beside a bad one.
import { it } from 'vitest';
import { checkRecords, recordCases, recordsPerCase } from './fuzz-records';
import { fuzz } from './fuzz-runs';
import { watched } from './fuzz-world';

it('starts on any stored records, and shows and sends every good one', async () => {
  await fuzz('stored records', 20_000, recordsPerCase, recordCases, (one) =>
    watched(() => checkRecords(one)),
  );
}, 1_200_000);
