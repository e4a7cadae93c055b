// R1, R2: whatever fails or dies on the way, no message is lost, none is sent twice. The same run must fail when the
// two things are missing that this stands on.
import { afterEach, expect, it, vi } from 'vitest';
import { runUntil } from './outbox-run';
import { printedSeed, scaled } from './plan-scale';
import { settling } from './world-settling';

vi.mock('@/lib/core/settle', async (original) => {
  const settle = await original<typeof import('@/lib/core/settle')>();
  const { watched } = await import('./world-settling');
  return { ...settle, settleUncertain: watched(settle.settleUncertain) };
});

const { timeout } = AbortSignal;

afterEach(() => {
  AbortSignal.timeout = timeout;
  settling.adopts = true;
});

it('loses and doubles no message, whatever fails or dies on the way', async () => {
  const sends = scaled(1_000, 10_000);
  const totals = await runUntil(sends, printedSeed('messages sent under faults'));
  console.log(`messages sent under faults: ${totals}`);
  expect(totals.of('sends')).toBeGreaterThanOrEqual(sends);
  expect(totals.of('adoptions')).toBeGreaterThan(0);
  expect(totals.of('resends')).toBeGreaterThan(0);
  for (const what of ['sends elsewhere', 'same words elsewhere', 'stops'])
    expect(totals.of(what), what).toBeGreaterThan(0);
}, 1_800_000);

it('would be seen doubling messages if those that arrived were not adopted', async () => {
  settling.adopts = false;
  const run = runUntil(2_000, 1, {}, { endOnFailure: true });
  await expect(run).rejects.toThrow(/doubled: /);
}, 120_000);

it('would be seen losing or doubling messages if it was not saved before a POST that it is sent', async () => {
  const run = runUntil(2_000, 1, { forgetful: true }, { endOnFailure: true });
  await expect(run).rejects.toThrow(/(lost|doubled): /);
}, 120_000);
