// A long conversation in which every kind of message comes again and again, over several days, in groups. Always the same.
import type { FormField, MessageContent } from '@/lib/core/content';
import type { Attachment } from '@/lib/core/types';
import type { MessageView } from '@/lib/messaging/view-updates';
import { mara, me, message, minute, now } from '../panel/fixtures';
import { anAttachment } from '../support/attachments';
import { assistant, bot, nobody } from '../support/gallery/frames';

type Kind = (id: number) => Partial<MessageView>;

/** The test answers for these, or does not. */
const picture = (id: number, width: number, height: number) =>
  `${location.origin}/pictures/${id}-${width}x${height}.svg`;
const missing = (id: number) => `${location.origin}/pictures/${id}-missing.svg`;

const attach = (id: number, change: Partial<Attachment>, text = ''): Partial<MessageView> => ({
  text,
  attachments: [anAttachment(id, { url: `https://a.example/${id}`, ...change })],
});
const image = (id: number, url: string, dimensions: Attachment['dimensions'] = null) =>
  attach(id, { kind: 'image', url, name: `${id}.png`, dimensions });

const titled = (title: string) => ({ title, value: title });
const options: MessageContent = {
  kind: 'options',
  options: ['Starter', 'Business', 'None of these'].map(titled),
};
const field = (name: string, kind: FormField['kind']): FormField => ({
  ...{ name, kind, label: name, placeholder: '', initial: '', required: true, pattern: null },
  ...{ patternHint: null, options: kind === 'select' ? [titled('Germany'), titled('France')] : [] },
});
const form: MessageContent = {
  kind: 'form',
  fields: [field('Name', 'text'), field('Country', 'select'), field('What happened', 'textArea')],
  buttonLabel: null,
};
const rating: MessageContent = { kind: 'rating', scale: 'faces' };
const card = (id: number, imageUrl: string | null) => ({
  title: `Receipt ${id}`,
  text: 'Shows one charge, and when it was made.',
  imageUrl,
  actions: [{ label: 'Open receipt', url: 'https://a.example' }],
});

const ofOthers: readonly Kind[] = [
  () => ({
    text: 'I have looked into **both** charges. The second one is [only reserved](https://a.example).',
  }),
  () => ({
    text: 'Three things:\n\n1. the invoice\n2. the receipt\n   - as a file\n   - on paper\n3. your address',
  }),
  (id) => image(id, picture(id, 320, 180), { width: 320, height: 180 }),
  () => ({ text: '| Date | Sum |\n|---|--:|\n| Monday | 12.00 |\n| Tuesday | 240.50 |' }),
  (id) => image(id, picture(id, 200, 500)),
  () => ({
    text: 'Run this:\n\n```\nnpm run build -- --with-a-flag-that-is-longer-than-the-panel-is-wide\n```',
  }),
  () => ({
    text: Array.from({ length: 40 }, (_, line) => `- line ${line + 1} of what is folded`).join('\n'),
  }),
  () => ({ text: 'Which plan are you on?', content: options }),
  (id) => image(id, missing(id), { width: 300, height: 200 }),
  () => ({
    ...{ text: 'Which plan are you on?', content: options },
    answer: { kind: 'option', option: titled('Business') },
  }),
  (id) => ({
    text: '',
    content: { kind: 'cards', cards: [card(id, picture(id, 640, 640)), card(id, null)] },
  }),
  () => ({ text: 'A few details', content: form }),
  (id) => image(id, missing(id)),
  () => ({ text: '👍🏽' }),
  () => ({ text: 'Please rate the conversation', content: rating }),
  () => ({
    ...{ text: 'Please rate the conversation', content: rating },
    answer: { kind: 'rating', rating: 4, comment: 'Quick and clear.' },
  }),
  (id) => image(id, picture(id, 90, 40), { width: 90, height: 40 }),
  () => ({
    text: 'These may help:',
    content: {
      kind: 'articles',
      articles: [{ title: 'When refunds arrive', text: 'By card', url: 'https://a.example' }],
    },
  }),
  (id) => ({ text: 'Yes, that one.', quotedId: id - 8 }),
  (id) => attach(id, { name: 'refund-confirmation-2041.pdf', size: 84_000 }, 'Here it is'),
  (id) =>
    attach(id, {
      kind: 'audio',
      name: 'voice.ogg',
      size: 48_000,
      transcript: 'Hi, I looked at both. '.repeat(4),
    }),
  (id) => ({ text: '', content: { kind: 'cards', cards: [card(id, missing(id))] } }),
  () => ({ text: 'Das Geld ist da.', translations: { en: 'The money is there.' } }),
  () => ({ text: 'الفاتورة INV-2041 مدفوعة.\n\n> Two charges for *one* invoice?' }),
  () => ({ text: 'Where can we reach you?', content: { kind: 'email' } }),
  () => ({ text: 'x', deleted: true }),
];

const ofOneself: readonly Kind[] = [
  () => ({ text: 'Two charges for invoice 2041?' }),
  (id) => image(id, picture(id, 1200, 400)),
  () => ({ text: 'It says:\n'.repeat(30), status: 'read' }),
  (id) => attach(id, { name: 'contract.pdf', size: 210_000 }),
];

const authors = [mara, me, bot, mara, nobody, me, assistant];
const inARow = 3;
const inADay = 70;

/** @returns that many, oldest first, with ids from 1. */
export function mixedMessages(count: number): MessageView[] {
  return Array.from({ length: count }, (_, index) => {
    const [id, left] = [index + 1, count - index];
    const author = authors[Math.floor(index / inARow) % authors.length] ?? mara;
    const kinds = author === me ? ofOneself : ofOthers;
    const createdAt = now - left * 2 * minute - Math.floor(left / inADay) * 24 * 60 * minute;
    return message(id, { author, createdAt, ...kinds[index % kinds.length]?.(id) });
  });
}
