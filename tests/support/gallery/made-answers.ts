// Everything that can be answered, in every state of its answer.
import type { Answer, FormField, MessageContent } from '@/lib/core/content';
import { day, now } from '../../panel/fixtures';
import { ask, frame, nobody, type Section, statesOf, under } from './frames';

const titled = (title: string) => ({ title, value: title.toLowerCase() });
const plans: MessageContent = {
  kind: 'options',
  options: ['Starter', 'Business', 'Enterprise', 'I don’t know'].map(titled),
};
const long =
  'Something about an invoice that was charged twice, and that I would like to have refunded to the same card';
const many: MessageContent = {
  kind: 'options',
  options: [
    titled(long),
    ...Array.from({ length: 12 }, (_, index) => titled(`Answer number ${index + 1}`)),
    titled('x'.repeat(80)),
    titled('فاتورة'),
  ],
};

export const optionsSection: Section = {
  name: 'Options',
  frames: [
    frame('Open', [ask(plans, 'Which plan are you on?')]),
    frame('Many, long, without words', [ask(many, '')]),
    ...statesOf(() => ask(plans, 'Which plan are you on?'), { kind: 'option', option: titled('Business') }),
    frame('Its question is gone', [], {
      outbox: [under('failed', ask(plans, ''), { kind: 'option', option: titled('Starter') }, 'gone')],
    }),
  ],
};

const field = (name: string, change: Partial<FormField> = {}): FormField => ({
  name,
  kind: 'text',
  label: name,
  placeholder: '',
  initial: '',
  required: true,
  pattern: null,
  patternHint: null,
  options: [],
  ...change,
});
const countries = ['Germany', 'Netherlands', 'United Arab Emirates'].map(titled);
const fields = [
  field('Company name', { placeholder: 'Aster & Pine GmbH' }),
  field('Work email', { kind: 'email' }),
  field('Country', { kind: 'select', options: countries }),
  field('VAT number', { pattern: '[A-Z]{2}[0-9]{9}', patternHint: 'Two letters, then nine figures' }),
  field('What happened', { kind: 'textArea', required: false }),
];
const form: MessageContent = { kind: 'form', fields, buttonLabel: null };
const details: Answer = {
  kind: 'fields',
  fields: [
    { name: 'Company name', value: 'Aster & Pine GmbH' },
    { name: 'Work email', value: 'ana@asterpine.com' },
    { name: 'Country', value: 'netherlands' },
    { name: 'What happened', value: 'Two charges\nfor one invoice' },
  ],
};

/** Types into the boxes of a frame, in their order, and sends. */
function fill(values: (string | null)[]): (frame: HTMLElement) => void {
  return (element) => {
    const boxes = element.querySelectorAll<HTMLInputElement>('.card .input');
    for (const [index, value] of values.entries()) {
      const box = boxes[index];
      if (value === null || !box) continue;
      box.value = value;
      box.dispatchEvent(new Event('input', { bubbles: true }));
    }
    element.querySelector('form')?.requestSubmit();
  };
}

export const formSection: Section = {
  name: 'Forms',
  frames: [
    frame('Open', [ask(form, 'A few details')]),
    frame(
      'With what is wrong',
      [ask(form, 'A few details')],
      {},
      { after: fill([null, 'ana@asterpine', null, '12']) },
    ),
    frame('Without words, its own button', [
      ask(
        {
          kind: 'form',
          fields: [field('x'.repeat(60), { initial: 'as given' })],
          buttonLabel: 'Ask for a call',
        },
        '',
      ),
    ]),
    ...statesOf(() => ask(form, 'A few details'), details),
    frame('E-mail', [ask({ kind: 'email' }, 'Where can we reach you?')]),
    frame(
      'E-mail, not one',
      [ask({ kind: 'email' }, 'Where can we reach you?')],
      {},
      { after: fill(['ana']) },
    ),
    frame('E-mail, given', [
      ask({ kind: 'email' }, 'Where can we reach you?', {
        answer: { kind: 'email', email: 'ana@asterpine.com' },
      }),
    ]),
  ],
};

const faces: MessageContent = { kind: 'rating', scale: 'faces' };
const stars: MessageContent = { kind: 'rating', scale: 'stars' };
const rate = (content: MessageContent, change = {}) =>
  ask(content, 'Please rate the conversation', { author: nobody, ...change });
const rating = (points: 1 | 2 | 3 | 4 | 5, comment = ''): Answer => ({
  kind: 'rating',
  rating: points,
  comment,
});
const choose = (points: number) => (element: HTMLElement) =>
  element.querySelectorAll<HTMLElement>('[type=radio]')[points - 1]?.click();
const tooLate = { createdAt: now - 15 * day };

export const ratingSection: Section = {
  name: 'Ratings',
  frames: [
    frame('Faces', [rate(faces)]),
    frame('Faces, chosen', [rate(faces)], {}, { after: choose(4) }),
    frame('Stars', [rate(stars)]),
    frame('Stars, chosen', [rate(stars)], {}, { after: choose(3) }),
    ...statesOf(() => rate(faces), rating(4, 'Quick and clear.')),
    frame('Stars, given', [rate(stars, { answer: rating(4, 'Quick and clear.') })]),
    frame(
      'Given, being changed',
      [rate(stars, { answer: rating(2) })],
      {},
      { after: (element) => element.querySelector<HTMLElement>('.card-button')?.click() },
    ),
    frame('Given, too late to change', [rate(stars, { ...tooLate, answer: rating(5, 'شكرًا جزيلًا') })]),
    frame('Too late to give', [rate(faces, tooLate)]),
  ],
};
