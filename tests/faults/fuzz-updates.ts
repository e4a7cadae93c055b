// Cases for the panel: what comes on its port and as answers to its commands, broken or foreign, between good updates.
import fc from 'fast-check';
import { expect } from 'vitest';
import { parseResult, parseUpdate } from '@/lib/messaging/update-schema';
import type { Patch } from '@/lib/messaging/view-updates';
import { createPanel } from '@/lib/panel/panel';
import { FakeBackground } from '../panel/fake-background';
import { conversation, entry, live, message, opened } from '../panel/fixtures';
import { itemsOf } from '../panel/items';
import type { CaseOf } from './fuzz-frames';
import { anyJson, mutated } from './fuzz-values';

const patches: Patch[] = [
  { type: 'conversation.changed', conversation: conversation(2) },
  { type: 'conversation.removed', conversationId: 2 },
  { type: 'conversation.mapped', localConversationId: 'x', conversationId: 2 },
  { type: 'messages.changed', conversationId: 1, messages: [message(7), message(8)] },
  { type: 'older.changed', conversationId: 1, hasOlder: true, loadingOlder: false },
  { type: 'outbox.changed', entry: entry('e') },
  { type: 'outbox.removed', echoId: 'e' },
  { type: 'draft.changed', conversationKey: '1', text: 'x' },
  { type: 'link.changed', link: live },
  { type: 'typing.changed', conversationId: 1, names: ['Mara'] },
  { type: 'listed.changed', listed: true },
  { type: 'others.changed', others: [] },
];
const shapes: object[] = [
  ...patches.map((one) => ({ type: 'patch', rev: 2, patches: [one] })),
  { type: 'patch', rev: 2, patches },
  { type: 'snapshot', rev: 1, snapshot: opened([message(3)], { outbox: [entry('e')], drafts: { 1: 'x' } }) },
  { type: 'panel.close' },
];
const update = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...shapes).chain(mutated) },
  { weight: 1, arbitrary: anyJson },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.string(), anyJson).map(([type, rest]) => ({ type, rev: 2, ...Object(rest) })),
  },
);
const result = fc.oneof(
  mutated({ ok: true, value: null }),
  mutated({ ok: false, error: { code: 'failed', message: 'no' } }),
  anyJson,
);

export const updatesPerCase = 10;

export const updateCases = fc.record({
  updates: fc.array(update, { minLength: 8, maxLength: 8, size: 'max' }),
  results: fc.array(result, { minLength: 5, maxLength: 5, size: 'max' }),
});

const texts = (ids: readonly number[]) => ids.map((id) => `Message ${id}`);

/** What cannot be read makes the panel ask for everything again, and then it shows all of it, whatever came before. */
export async function checkUpdates({ updates, results }: CaseOf<typeof updateCases>): Promise<void> {
  const background = new FakeBackground();
  const answers = [...results];
  background.answer = async () => (answers.length > 0 ? answers.shift() : { ok: true, value: null });
  background.remembered = '1';
  const panel = createPanel(background.parts());
  const good = () => background.snapshot(opened([1, 2].map((id) => message(id))));
  /** Without what an update brought that can be read: the background said it, and it may stand before the window. */
  const shown = () =>
    itemsOf(panel)
      .flatMap((item) => (item.kind === 'bubble' ? [item.text] : []))
      .filter((text) => texts([1, 2, 3]).includes(text));
  /** Everything that a view reads. */
  const look = () => [panel.list.rows.value, itemsOf(panel), panel.strip, panel.thread.typing.value];
  await background.clock.settle();
  good();
  expect(shown()).toEqual(texts([1, 2]));
  for (const one of updates) {
    const { ports } = background;
    background.raw(one);
    // A conversation that was mapped elsewhere is followed: what is shown then is another story.
    if (panel.thread.key.value !== '1') return;
    if (parseUpdate(one) === null) {
      background.clock.elapse(10_000);
      expect(background.ports, 'a port that speaks nonsense is left').toBe(ports + 1);
    } else {
      look();
      background.drop();
      background.clock.elapse(10_000);
    }
    good();
    look();
    expect(shown()).toEqual(texts([1, 2]));
    background.patch({ type: 'messages.changed', conversationId: 1, messages: [message(3)] });
    expect(shown()).toEqual(texts([1, 2, 3]));
  }
  // What cannot be read as an answer is asked again, five times in all; a message that nobody accepted returns to its composer.
  const accepted = results.map(parseResult).find((one) => one !== null)?.ok ?? false;
  await panel.outbox.send('1', 'Own words');
  expect(panel.drafts.texts.value.get('1') ?? '').toBe(accepted ? '' : 'Own words');
  look();
  panel.stop();
}
