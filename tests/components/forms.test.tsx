// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import type { FormField, MessageContent } from '@/lib/core/content';
import type { ContactView } from '@/lib/messaging/view-updates';
import { contact, entry, message, now, opened, snapshot } from '../panel/fixtures';
import { panelPage } from './panel-page';

const open = (...args: Parameters<typeof opened>) => panelPage(opened(...args), '1');
const field = (label: string, change: Partial<FormField> = {}): FormField => ({
  name: label.toLowerCase(),
  kind: 'text',
  label,
  placeholder: '',
  initial: '',
  required: true,
  pattern: null,
  patternHint: null,
  options: [],
  ...change,
});
const form: MessageContent = {
  kind: 'form',
  buttonLabel: null,
  fields: [
    field('Company'),
    field('Mail', { kind: 'email' }),
    field('Country', { kind: 'select', options: [{ title: 'Netherlands', value: 'nl' }] }),
    field('VAT', { required: false, pattern: '[0-9]+', patternHint: 'Figures only' }),
    field('Note', { required: false, kind: 'textArea', pattern: 'x' }),
  ],
};
const asked = message(5, { text: 'A few details', content: form, createdAt: now });
const box = (name: string) => screen.getByLabelText(name) as HTMLInputElement;
const type = (name: string, value: string) => fireEvent.input(box(name), { target: { value } });
const send = () => fireEvent.click(screen.getByRole('button', { name: 'Send details' }));
const fillIn = () => {
  type('Company', 'Aster & Pine');
  type('Mail', 'ana@asterpine.com');
  type('Country', 'nl');
};

describe('a form', () => {
  it('has a label for each field, and a select that offers what there is', async () => {
    await open([asked]);
    expect(screen.getByRole('heading', { name: 'A few details' })).toBeTruthy();
    expect(screen.getAllByRole('textbox').map((each) => each.getAttribute('aria-label'))).toHaveLength(5);
    expect([...box('Country').children].map(({ textContent }) => textContent)).toEqual([
      'Choose one',
      'Netherlands',
    ]);
    expect(box('Company').required).toBe(true);
    expect(box('VAT').required).toBe(false);
  });

  it('says below each field what is wrong with it, and leads to the first', async () => {
    const { background } = await open([asked]);
    type('Mail', 'ana@asterpine');
    type('VAT', 'DE1');
    type('Note', 'y');
    send();
    const said = (name: string) => {
      const id = box(name).getAttribute('aria-describedby');
      return id && document.getElementById(id)?.textContent;
    };
    expect(['Company', 'Mail', 'Country', 'VAT', 'Note'].map(said)).toEqual([
      'Fill in Company',
      'Use the form name@company.com',
      'Fill in Country',
      'Figures only',
      'Check Note',
    ]);
    expect(document.activeElement).toBe(box('Company'));
    expect(background.commandsOf('message.answer')).toEqual([]);
    type('Company', 'A');
    expect(box('Company').getAttribute('aria-invalid')).toBe('false');
    expect(said('Company')).toBeNull();
    expect(box('Mail').getAttribute('aria-invalid')).toBe('true');
  });

  it('becomes one bubble of one’s own, line by line, with the focus in the box', async () => {
    const { background, articles, message: composer } = await open([asked]);
    fillIn();
    send();
    expect(background.commandsOf('message.answer')[0]?.answer).toEqual({
      kind: 'fields',
      fields: [
        { name: 'company', value: 'Aster & Pine' },
        { name: 'mail', value: 'ana@asterpine.com' },
        { name: 'country', value: 'nl' },
        { name: 'vat', value: '' },
        { name: 'note', value: '' },
      ],
    });
    expect([...document.querySelectorAll('.bubble')].map(({ textContent }) => textContent)).toEqual([
      'A few details',
      'Company: Aster & Pine\nMail: ana@asterpine.com\nCountry: Netherlands',
    ]);
    expect(articles().at(-1)).toMatch(/Saving…$/);
    expect(document.activeElement).toBe(composer());
  });

  it('is sent by Ctrl+Enter from any field, and by Cmd+Enter', async () => {
    const { background } = await open([asked]);
    fillIn();
    fireEvent.keyDown(box('Note'), { key: 'Enter' });
    expect(background.commandsOf('message.answer')).toHaveLength(0);
    fireEvent.keyDown(box('Note'), { key: 'Enter', metaKey: true });
    expect(background.commandsOf('message.answer')).toHaveLength(1);
  });

  it('takes what a browser fills in all at once', async () => {
    const { background } = await open([asked]);
    act(() => {
      for (const [name, value] of [
        ['Company', 'A'],
        ['Mail', 'a@b.c'],
        ['Country', 'nl'],
      ] as const) {
        box(name).value = value;
        box(name).dispatchEvent(new Event('input', { bubbles: true }));
      }
      document.querySelector('form')?.requestSubmit();
    });
    expect(background.commandsOf('message.answer')).toHaveLength(1);
  });

  it('keeps what was typed over leaving the conversation, and over a refusal', async () => {
    const { background, panel } = await open([asked]);
    fillIn();
    act(() => panel.back());
    act(() => background.snapshot(snapshot()));
    act(() => panel.openConversation('1'));
    act(() => background.snapshot(opened([asked])));
    expect(box('Company').value).toBe('Aster & Pine');
    const answer = { kind: 'fields', fields: [{ name: 'company', value: 'Aster & Pine' }] } as const;
    const failed = entry('00000000-0000-4000-8000-000000000009', {
      status: 'failed',
      text: '',
      failure: 'refused',
      act: { kind: 'answer', messageId: 5, answer: { ...answer, fields: [...answer.fields] } },
    });
    act(() => background.patch({ type: 'outbox.changed', entry: failed }));
    expect(screen.getByText('Your details were not saved.')).toBeTruthy();
    act(() => background.patch({ type: 'outbox.removed', echoId: failed.echoId }));
    expect(box('Company').value).toBe('Aster & Pine');
  });

  it('closes when another device has sent it', async () => {
    const { background, articles } = await open([asked]);
    const answer = { kind: 'fields' as const, fields: [{ name: 'company', value: 'Other' }] };
    act(() =>
      background.patch({ type: 'messages.changed', conversationId: 1, messages: [{ ...asked, answer }] }),
    );
    expect(document.querySelector('form')).toBeNull();
    expect(articles().at(-1)).toMatch(/^You, .*, Details sent$/);
  });

  it('has the button that the server named', async () => {
    await open([{ ...asked, content: { ...form, buttonLabel: 'Ask for a call' } }]);
    expect(screen.getByRole('button', { name: 'Ask for a call' })).toBeTruthy();
  });
});

describe('a question for an e-mail address', () => {
  const email = message(6, { text: 'Your e-mail?', content: { kind: 'email' }, createdAt: now });
  const write = async (who: Partial<ContactView>, address = ' ana@asterpine.com ') => {
    const page = await open([email], { contact: contact(who) });
    type('E-mail', address);
    send();
    return page;
  };
  const answered = (mayMerge: boolean) => [
    expect.objectContaining({ answer: { kind: 'email', email: 'ana@asterpine.com' }, mayMerge }),
  ];

  it('asks before it may join two people', async () => {
    const { background, message: composer } = await write({ kind: 'claimed' });
    expect(background.commandsOf('message.answer')).toEqual([]);
    expect(screen.getByRole('dialog').textContent).toContain('ana@asterpine.com');
    // What lies below an open dialog cannot have the focus.
    let wasOpen: boolean | undefined;
    vi.spyOn(composer(), 'focus').mockImplementation(() => {
      wasOpen = document.querySelector('dialog')?.open;
    });
    fireEvent.click(screen.getByRole('button', { name: 'It is mine' }));
    expect(wasOpen).toBe(false);
    expect(background.commandsOf('message.answer')).toEqual(answered(true));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('sends nothing when it is not the person’s own, and keeps what was typed', async () => {
    const { background } = await write({ kind: 'anonymous' });
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(background.commandsOf('message.answer')).toEqual([]);
    expect(box('E-mail').value).toBe(' ana@asterpine.com ');
  });

  it('asks nothing of somebody who is proven', async () => {
    const { background } = await write({ kind: 'proven' });
    expect(background.commandsOf('message.answer')).toEqual(answered(false));
  });

  it('wants an address', async () => {
    const { background } = await write({ kind: 'proven' }, 'ana');
    expect(screen.getByText('Use the form name@company.com')).toBeTruthy();
    expect(background.commandsOf('message.answer')).toEqual([]);
  });
});
