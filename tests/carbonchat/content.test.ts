// @vitest-environment node
// The content types of contract §8, row by row: what each becomes, what of it is left out, and how an answer is told.
import { describe, expect, it } from 'vitest';
import { toAnswer, toContent, toQuotedId, toSubmittedValues, toTranslations } from '@/lib/carbonchat/content';
import type { Answer } from '@/lib/core/content';

const problems: string[] = [];
const report = (problem: string) => void problems.push(problem);
const message = (content_type: string, content_attributes: Record<string, unknown> = {}) => ({
  content_type,
  content_attributes,
});
const content = (type: string, attributes: Record<string, unknown> = {}) =>
  toContent(message(type, attributes), report);
const answer = (type: string, submitted_values: unknown, more: Record<string, unknown> = {}) =>
  toAnswer(message(type, { submitted_values, ...more }));

describe('what a message shows or asks', () => {
  it('is options for input_select (§8.2), where one without title or value is left out', () => {
    const items = [
      { title: 'A', value: 'a' },
      { value: 'b' },
      { title: 'C' },
      {},
      null,
      7,
      { title: 4, value: true },
    ];
    expect(content('input_select', { items })).toEqual({
      kind: 'options',
      options: [
        { title: 'A', value: 'a' },
        { title: 'b', value: 'b' },
        { title: 'C', value: 'C' },
        { title: '4', value: 'true' },
      ],
    });
  });

  it('is cards with links, and postbacks as actions without an address (§8.3)', () => {
    const items = [
      {
        title: 'Plan',
        description: 'Team',
        media_url: 'https://shop.test/a.png',
        actions: [
          { type: 'link', text: 'Open', uri: 'https://shop.test/' },
          { type: 'postback', text: 'Choose', payload: 'X' },
          { type: 'link' },
          null,
        ],
      },
      { media_url: 'javascript:alert(1)', title: 'No picture' },
      {},
    ];
    expect(content('cards', { items })).toEqual({
      kind: 'cards',
      cards: [
        {
          title: 'Plan',
          text: 'Team',
          imageUrl: 'https://shop.test/a.png',
          actions: [
            { label: 'Open', url: 'https://shop.test/' },
            { label: 'Choose', url: null },
          ],
        },
        { title: 'No picture', text: '', imageUrl: null, actions: [] },
      ],
    });
  });

  it('is a form whose fields have names, kinds, rules and options (§8.4)', () => {
    const items = [
      {
        name: 'mail',
        type: 'email',
        label: 'E-mail',
        required: true,
        pattern: '.+@.+',
        pattern_error: 'Look again',
      },
      { name: 'why', type: 'text_area', title: 'Why', placeholder: 'Because', default: 'so' },
      { name: 'size', type: 'select', options: [{ label: 'Big', value: 1 }, {}] },
      { name: 'empty', type: 'select', options: [] },
      { name: 'odd', type: 'toString' },
      { type: 'text', label: 'without a name' },
    ];
    const field = {
      kind: 'text',
      placeholder: '',
      initial: '',
      required: false,
      pattern: null,
      patternHint: null,
      options: [],
    };
    expect(content('form', { items, button_label: 'Go' })).toEqual({
      kind: 'form',
      buttonLabel: 'Go',
      fields: [
        {
          ...field,
          name: 'mail',
          kind: 'email',
          label: 'E-mail',
          required: true,
          pattern: '.+@.+',
          patternHint: 'Look again',
        },
        { ...field, name: 'why', kind: 'textArea', label: 'Why', placeholder: 'Because', initial: 'so' },
        { ...field, name: 'size', kind: 'select', label: 'size', options: [{ title: 'Big', value: '1' }] },
        { ...field, name: 'empty', label: 'empty' },
        { ...field, name: 'odd', label: 'odd' },
      ],
    });
    expect(content('form', { items: [items[0]] })).toMatchObject({ buttonLabel: null });
  });

  it('is articles (§8.5), also one without a link', () => {
    const items = [
      { title: 'How', description: 'to', link: 'https://help.test/1' },
      { title: 'Bare' },
      { description: 'x' },
    ];
    expect(content('article', { items })).toEqual({
      kind: 'articles',
      articles: [
        { title: 'How', text: 'to', url: 'https://help.test/1' },
        { title: 'Bare', text: '', url: null },
      ],
    });
  });

  it('is a question for an e-mail address (§8.6), or a rating by faces or stars (§8.7)', () => {
    expect(content('input_email')).toEqual({ kind: 'email' });
    expect(content('input_csat', { display_type: 'star' })).toEqual({ kind: 'rating', scale: 'stars' });
    expect(content('input_csat', { display_type: 'emoji' })).toEqual({ kind: 'rating', scale: 'faces' });
    expect(content('input_csat')).toEqual({ kind: 'rating', scale: 'faces' });
  });

  it.each([
    'text',
    'integrations',
    'input_text',
    'input_textarea',
    'sticker',
    'incoming_email',
    'voice_call',
    'new',
  ])('is nothing besides its words for %s (§8.1, §8.8, §8.9)', (type) => {
    expect(content(type, { items: [{ title: 'A', value: 'a' }], type: 'dyte' })).toEqual({ kind: 'plain' });
  });

  it.each(['input_select', 'cards', 'form', 'article'])(
    'is plain for %s without one readable item',
    (type) => {
      for (const items of [undefined, null, 'x', {}, [], [null, 3, {}]])
        expect(content(type, { items })).toEqual({ kind: 'plain' });
    },
  );

  it('has a hundred items at most', () => {
    const items = Array.from({ length: 5_000 }, (_, n) => ({ title: `${n}`, name: `${n}`, value: n }));
    for (const [type, key] of [
      ['input_select', 'options'],
      ['cards', 'cards'],
      ['form', 'fields'],
      ['article', 'articles'],
    ] as const)
      expect(Object(content(type, { items }))[key]).toHaveLength(100);
  });

  it('keeps a card that has but one of its parts, an action with a label or an address, an article with a link', () => {
    const parts = [
      { title: 'T' },
      { description: 'D' },
      { media_url: 'https://a.test/' },
      { actions: [{ type: 'link', uri: 'https://a.test/' }] },
      { actions: [{ type: 'postback', text: 'P' }] },
    ];
    expect(content('cards', { items: parts })).toMatchObject({
      cards: [
        { title: 'T' },
        { text: 'D' },
        { imageUrl: 'https://a.test/' },
        { actions: [{ label: '', url: 'https://a.test/' }] },
        { actions: [{ label: 'P', url: null }] },
      ],
    });
    expect(content('article', { items: [{ link: 'https://a.test/' }] })).toEqual({
      kind: 'articles',
      articles: [{ title: '', text: '', url: 'https://a.test/' }],
    });
  });

  it('has a hundred parts of an item at most, and options only where one is to be chosen', () => {
    const many = Array.from({ length: 500 }, (_, n) => ({
      title: `${n}`,
      type: 'link',
      text: `${n}`,
      uri: 'x',
    }));
    expect(Object(content('cards', { items: [{ actions: many }] })).cards[0].actions).toHaveLength(100);
    const fields = ['select', 'text'].map((type) => ({ name: type, type, options: many }));
    const [select, text] = Object(content('form', { items: fields })).fields;
    expect(select.options).toHaveLength(100);
    expect(text.options).toEqual([]);
  });

  it('reports what of it cannot be read, without its words', () => {
    problems.length = 0;
    content('form', { items: [{ label: 'secret' }, 'secret'] });
    for (const type of ['input_select', 'cards', 'article']) content(type, { items: ['secret'] });
    content('cards', { items: [{ title: 'T', actions: ['secret'] }] });
    expect(problems).toEqual([
      'form field: name',
      'form field: not an object',
      'option: not an object',
      'card: not an object',
      'article: not an object',
      'action of a card: not an object',
    ]);
  });
});

describe('how it was answered', () => {
  it('is the chosen option, told in a list or as one object (§8.12)', () => {
    const option = { title: 'A', value: 'a' };
    expect(answer('input_select', [option])).toEqual({ kind: 'option', option });
    expect(answer('input_select', option)).toEqual({ kind: 'option', option });
  });

  it('is the fields of a form, empty ones included', () => {
    const fields = [
      { name: 'a', value: '1' },
      { name: 'b', value: '' },
    ];
    expect(answer('form', [...fields, { value: 'x' }, null])).toEqual({ kind: 'fields', fields });
  });

  it('is the e-mail address, whichever way it was given', () => {
    const given = { kind: 'email', email: 'a@b.test' };
    expect(answer('input_email', [{ name: 'email', value: 'a@b.test' }])).toEqual(given);
    expect(answer('input_email', undefined, { submitted_email: 'a@b.test' })).toEqual(given);
  });

  it('is a rating of one to five and its comment, none for any other number (§9.3)', () => {
    const rated = (rating: unknown, feedback_message?: string) =>
      answer('input_csat', { csat_survey_response: { rating, feedback_message } });
    expect(rated(4, 'ok')).toEqual({ kind: 'rating', rating: 4, comment: 'ok' });
    expect(rated('2')).toEqual({ kind: 'rating', rating: 2, comment: '' });
    for (const none of [0, 6, 2.5, null, undefined, 'bad', []]) expect(rated(none)).toBeNull();
  });

  it.each(['input_select', 'form', 'input_email', 'input_csat', 'text', 'cards'])(
    'is nothing for %s where nothing can be read',
    (type) => {
      for (const none of [undefined, null, '', 5, [], {}, [null], [7], { csat_survey_response: null }])
        expect(answer(type, none)).toBeNull();
    },
  );
});

it.each<[Answer, string]>([
  [{ kind: 'option', option: { title: 'A', value: 'a' } }, 'input_select'],
  [
    {
      kind: 'fields',
      fields: [
        { name: 'a', value: '1' },
        { name: 'b', value: '' },
      ],
    },
    'form',
  ],
  [{ kind: 'email', email: 'a@b.test' }, 'input_email'],
  [{ kind: 'rating', rating: 3, comment: '' }, 'input_csat'],
  [{ kind: 'rating', rating: 5, comment: 'great' }, 'input_csat'],
])('an answer that was told to the server is read as the same again: %j', (given, type) => {
  expect(answer(type, toSubmittedValues(given))).toEqual(given);
});

it('of an answer and of translations a hundred parts are read', () => {
  const many = Array.from({ length: 500 }, (_, n) => ({ name: `${n}`, value: '' }));
  expect(Object(answer('form', many)).fields).toHaveLength(100);
  const translations = Object.fromEntries(many.map(({ name }) => [`x${name}`, 'words']));
  expect(Object.keys(toTranslations(message('text', { translations })))).toHaveLength(100);
});

it('a quoted message is named by a positive id only (§8.11)', () => {
  const quoted = (in_reply_to: unknown) => toQuotedId(message('text', { in_reply_to }));
  expect(quoted(7)).toBe(7);
  for (const none of [null, undefined, 0, -1, 1.5, '7', {}]) expect(quoted(none)).toBeNull();
});

it('translations are words by language, and nothing else', () => {
  const translated = (translations: unknown) => toTranslations(message('text', { translations }));
  expect(translated({ de: 'Hallo', fr: '', es: 5, it: null })).toEqual({ de: 'Hallo' });
  for (const none of [null, undefined, 'x', []]) expect(translated(none)).toEqual({});
});
