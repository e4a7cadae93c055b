// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import type { ContactView } from '@/lib/messaging/view-updates';
import { contact, snapshot } from '../panel/fixtures';
import { panelPage } from './panel-page';

async function details(change: Partial<ContactView> = {}) {
  const page = await panelPage(snapshot({ contact: contact(change) }));
  act(() => page.panel.openDetails());
  const says = (next: Partial<ContactView>) =>
    act(() => page.background.patch({ type: 'contact.changed', contact: contact({ ...change, ...next }) }));
  return { ...page, says };
}
const box = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const write = (name: string, value: string) => fireEvent.input(box(name), { target: { value } });
const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save' }));
/** What is said of a field, as a screen reader gives it. */
const said = (name: string) =>
  document.getElementById(box(name).getAttribute('aria-describedby') ?? '')?.textContent ?? null;
const outcome = () => screen.getAllByRole('status').at(-1)?.textContent;

describe('one’s details', () => {
  it.each<[Partial<ContactView>, string]>([
    [{}, 'You are not signed in.'],
    [{ kind: 'claimed', name: 'Ana Silva' }, 'You are signed in as Ana Silva.'],
    [{ kind: 'proven', email: 'ana@asterpine.com' }, 'You are signed in as ana@asterpine.com.'],
    [{ kind: 'proven' }, 'You are signed in.'],
  ])('say who is asking: %o', async (change, words) => {
    await details(change);
    expect(screen.getByText(words)).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Your details' }));
  });

  it('show what is known in labelled fields that the browser can fill in', async () => {
    await details({ name: 'Ana', email: 'ana@asterpine.com', phoneNumber: '+31201234567' });
    const fields = ['Name', 'E-mail', 'Phone'].map((name) => [box(name).value, box(name).autocomplete]);
    expect(fields).toEqual([
      ['Ana', 'name'],
      ['ana@asterpine.com', 'email'],
      ['+31201234567', 'tel'],
    ]);
    expect([said('Name'), said('E-mail'), said('Phone')]).toEqual([
      null,
      'For example name@company.com',
      'For example +31 20 123 4567',
    ]);
  });

  it('say beside each field what is wrong with it, and the first one gets the focus', async () => {
    const { background } = await details({ name: 'Ana', kind: 'proven' });
    write('Name', '');
    write('E-mail', 'ana@asterpine');
    write('Phone', '020 123');
    save();
    expect([said('Name'), said('E-mail'), said('Phone')]).toEqual([
      'This can be changed, but not removed here.',
      'Use the form name@company.com',
      'Use the form +31 20 123 4567',
    ]);
    expect(screen.getAllByRole('textbox').map((each) => each.getAttribute('aria-invalid'))).toEqual([
      'true',
      'true',
      'true',
    ]);
    expect(document.activeElement).toBe(box('Name'));
    expect(background.commands).toEqual([]);
    act(() => box('E-mail').focus());
    write('E-mail', 'ana@asterpine.com');
    expect(said('E-mail')).toBe('For example name@company.com');
    expect(document.activeElement).toBe(box('E-mail'));
  });

  it('say of a name that is too long how long it may be', async () => {
    await details({ kind: 'proven' });
    write('Name', 'a'.repeat(256));
    save();
    expect(said('Name')).toBe('This can have up to 255 characters.');
  });

  it('are saved, and say so without taking the focus', async () => {
    const { background, says } = await details({ name: 'Ana', kind: 'proven' });
    act(() => box('Name').focus());
    write('Name', 'Ana Silva');
    save();
    expect(background.commands).toEqual([
      { type: 'contact.change', changes: { name: 'Ana Silva' }, mayMerge: false },
    ]);
    expect(outcome()).toBe('Saving…');
    expect(screen.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBe('true');
    says({ change: { state: 'saving' } });
    says({ name: 'Ana Silva', change: { state: 'saved' } });
    expect(outcome()).toBe('Saved');
    expect(document.activeElement).toBe(box('Name'));
    expect(screen.getByText('You are signed in as Ana Silva.')).toBeTruthy();
    save();
    expect(outcome()).toBe('Nothing was changed');
  });

  it.each([
    ['name', 'Name', 'Ledgerly did not accept this name.'],
    ['email', 'E-mail', 'Ledgerly did not accept this address. Use the form name@company.com'],
    ['phoneNumber', 'Phone', 'Ledgerly did not accept this number. Use the form +31 20 123 4567'],
  ] as const)('tell at the field what the server said of it: %s', async (problem, name, words) => {
    const { says } = await details({ kind: 'proven' });
    write('Name', 'Ana');
    save();
    says({ change: { state: 'failed', problem } });
    expect(said(name)).toBe(words);
    expect(screen.getByRole('alert').textContent).toBe(words);
    expect(box('Name').value).toBe('Ana');
  });

  it('do not take a snapshot that says the same as before for an answer', async () => {
    const failed = { kind: 'proven', change: { state: 'failed', problem: 'email' } } as const;
    const { background } = await details(failed);
    write('Name', 'Ana');
    save();
    act(() => background.snapshot(snapshot({ contact: contact(structuredClone(failed)) })));
    expect(outcome()).toBe('Saving…');
    expect(said('E-mail')).toBe('For example name@company.com');
  });

  it.each([
    ['refused', 'Not saved. Ledgerly did not accept this change.'],
    ['unreachable', 'Not saved. Try again in a moment, what you typed is still here.'],
  ] as const)('keep what was typed when it is %s', async (problem, words) => {
    const { says } = await details({ kind: 'proven' });
    write('Name', 'Ana');
    save();
    says({ change: { state: 'failed', problem } });
    expect([outcome(), box('Name').value]).toEqual([words, 'Ana']);
  });

  it('are left by Back and by Alt+Left', async () => {
    const { panel } = await details();
    fireEvent.click(screen.getByRole('button', { name: 'Back to conversations' }));
    expect(panel.route.route.value).toEqual({ name: 'list' });
    act(() => panel.openDetails());
    fireEvent.keyDown(document.body, { key: 'ArrowLeft', altKey: true });
    expect(panel.route.route.value).toEqual({ name: 'list' });
  });

  it('are not what a reload comes back to', async () => {
    const { background, panel } = await details();
    act(() => panel.openConversation('1'));
    expect(background.remembered).toBe('1');
    act(() => panel.openDetails());
    expect(background.remembered).toBeNull();
  });
});

describe('an address that somebody else may have', () => {
  const question = () => within(screen.getByRole('dialog', { name: 'Is this yours?' }));

  it('is asked about in plain words before it is sent', async () => {
    const { background } = await details();
    write('E-mail', 'ana@asterpine.com');
    write('Phone', '+31 20 123 4567');
    save();
    expect(background.commands).toEqual([]);
    expect(question().getByText('ana@asterpine.com')).toBeTruthy();
    expect(question().getByText('+31201234567')).toBeTruthy();
    expect(
      question().getByText(
        'If Ledgerly already knows this address or number, your conversations here are joined with those of the person who has it. They cannot be taken apart again. Only go on with your own.',
      ),
    ).toBeTruthy();
    fireEvent.click(question().getByRole('button', { name: 'It is mine' }));
    const changes = { email: 'ana@asterpine.com', phoneNumber: '+31201234567' };
    expect(background.commands).toEqual([{ type: 'contact.change', changes, mayMerge: true }]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(outcome()).toBe('Saving…');
  });

  it('stays unsent by Cancel', async () => {
    const { background } = await details({ kind: 'claimed' });
    write('E-mail', 'ana@asterpine.com');
    save();
    fireEvent.click(question().getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect([background.commands, box('E-mail').value]).toEqual([[], 'ana@asterpine.com']);
  });

  it('is not asked about once the server has confirmed who is asking', async () => {
    const { background } = await details({ kind: 'proven' });
    write('E-mail', 'ana@asterpine.com');
    save();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(background.commandsOf('contact.change')).toHaveLength(1);
  });
});
