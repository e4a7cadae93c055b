import { signal } from '@preact/signals';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Result, SessionCommand } from '@/lib/messaging/commands';
import type { ContactChangeView, ContactView } from '@/lib/messaging/view-updates';
import { cleaned, createDetailsModel, type DetailsModel } from '@/lib/panel/details-model';
import { contact } from './fixtures';

const source = signal<ContactView | null>(null);
let sent: SessionCommand[];
let answer: Result<null>;
let model: DetailsModel;

function begin(change: Partial<ContactView> = {}): void {
  source.value = contact(change);
  sent = [];
  answer = { ok: true, value: null };
  model = createDetailsModel({
    contact: source,
    send: async (command) => {
      sent.push(command);
      return answer;
    },
  });
}
/** What the background says of the change, with what the contact has then. */
function says(change: ContactChangeView, known: Partial<ContactView> = {}): void {
  source.value = { ...(source.value ?? contact()), ...known, change };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));
const proven = { kind: 'proven', name: 'Ana', email: 'ana@asterpine.com' } as const;
beforeEach(() => begin(proven));

describe('saving one’s details', () => {
  it('sends only what was changed, as it is meant', () => {
    model.type('name', '  Ana Silva ');
    model.type('email', ' ana@asterpine.com ');
    model.type('phoneNumber', '+31 (0)20 123-45.67');
    expect(model.submit()).toBe(true);
    const changes = { name: 'Ana Silva', phoneNumber: '+31201234567' };
    expect(sent).toEqual([{ type: 'contact.change', changes, mayMerge: false }]);
    expect(model.state.value).toBe('saving');
  });

  it('sends nothing while nothing was changed, and says so', () => {
    model.type('name', 'Ana ');
    expect(model.submit()).toBe(true);
    expect([sent, model.state.value]).toEqual([[], 'unchanged']);
  });

  it('leaves alone what is known in a form of its own', () => {
    begin({ kind: 'proven', phoneNumber: '020 123' });
    model.type('name', 'Ana');
    model.submit();
    expect(sent).toMatchObject([{ changes: { name: 'Ana' } }]);
  });

  it('follows the change until it is saved, and shows then what the server has made of it', () => {
    model.type('email', 'Ana@Example.com');
    model.submit();
    says({ state: 'saving' });
    expect(model.state.value).toBe('saving');
    model.type('name', 'Ana S');
    says({ state: 'saved' }, { email: 'ana@example.com' });
    expect(model.state.value).toBe('saved');
    expect(model.values.value).toMatchObject({ name: 'Ana S', email: 'ana@example.com' });
    model.type('name', 'Ana Si');
    expect(model.state.value).toBe('idle');
  });

  it('does not take what became of a change before for the answer', () => {
    begin({ ...proven, change: { state: 'failed', problem: 'email' } });
    expect([model.state.value, model.problems.value]).toEqual(['idle', {}]);
    model.type('name', 'Ana S');
    model.submit();
    source.value = { ...(source.value ?? contact()) };
    expect(model.state.value).toBe('saving');
    says({ state: 'saved' }, { name: 'Ana S' });
    expect(model.state.value).toBe('saved');
  });

  it('sends nothing a second time while it is saving', () => {
    model.type('name', 'Ana S');
    model.submit();
    model.submit();
    expect(sent).toHaveLength(1);
  });

  it('follows a change that was still being saved when one came here', () => {
    begin({ ...proven, change: { state: 'saving' } });
    expect(model.state.value).toBe('saving');
    says({ state: 'saved' });
    expect(model.state.value).toBe('saved');
  });

  it.each(['name', 'email', 'phoneNumber'] as const)('names the %s that the server refused', (problem) => {
    model.type('name', 'Ana S');
    model.submit();
    says({ state: 'failed', problem });
    expect(model.problems.value).toEqual({ [problem]: 'refused' });
    expect([model.state.value, model.values.value.name]).toEqual(['idle', 'Ana S']);
    model.type(problem, 'other');
    expect(model.problems.value).toEqual({});
  });

  it.each<[ContactChangeView, string]>([
    [{ state: 'failed', problem: 'refused' }, 'refused'],
    [{ state: 'failed', problem: 'unreachable' }, 'unreachable'],
    [{ state: 'none' }, 'unreachable'],
  ])('keeps what was typed when it comes to %o', (change, state) => {
    model.type('name', 'Ana S');
    model.submit();
    says(change);
    expect([model.state.value, model.values.value.name]).toEqual([state, 'Ana S']);
  });

  it('says that it was not saved when the background did not take it', async () => {
    answer = { ok: false, error: { code: 'notSaved', message: 'full' } };
    model.type('name', 'Ana S');
    model.submit();
    await settled();
    expect(model.state.value).toBe('unreachable');
  });

  it('stays saved when only the answer to the command was lost', async () => {
    answer = { ok: false, error: { code: 'failed', message: 'no answer' } };
    model.type('name', 'Ana S');
    model.submit();
    says({ state: 'saved' }, { name: 'Ana S' });
    await settled();
    expect(model.state.value).toBe('saved');
  });

  it('follows nothing any more once it was stopped', () => {
    model.type('name', 'Ana S');
    model.submit();
    model.stop();
    says({ state: 'saved' });
    expect(model.state.value).toBe('saving');
  });
});

describe('what was typed', () => {
  it.each([
    ['email', 'ana', 'form'],
    ['email', 'ana@asterpine', 'form'],
    ['email', 'ana @asterpine.com', 'form'],
    ['email', `${'a'.repeat(244)}@example.com`, 'tooLong'],
    ['email', '', 'notRemovable'],
    ['name', '  ', 'notRemovable'],
    ['name', 'a'.repeat(256), 'tooLong'],
    ['phoneNumber', '020 123 4567', 'form'],
    ['phoneNumber', '+0 20 123 4567', 'form'],
    ['phoneNumber', '+31 20', 'form'],
    ['phoneNumber', '+31 20 123 4567 ext 5', 'form'],
    ['phoneNumber', '+1234567890123456', 'form'],
  ] as const)('as %s %j is not sent: %s', (field, text, problem) => {
    model.type(field, text);
    model.type(field === 'name' ? 'phoneNumber' : 'name', field === 'name' ? '+31201234567' : 'Ana S');
    expect(model.submit()).toBe(false);
    expect(model.problems.value).toEqual({ [field]: problem });
    expect(sent).toEqual([]);
  });

  it.each([
    ['email', 'a@b.co'],
    ['email', 'ana+help@münchen.example'],
    ['email', `${'a'.repeat(243)}@example.com`],
    ['name', 'a'.repeat(255)],
    ['name', 'سارة حداد'],
    ['phoneNumber', '+123456789012345'],
    ['phoneNumber', '+6834123'],
  ] as const)('as %s %j is sent', (field, text) => {
    begin({ kind: 'proven' });
    model.type(field, text);
    expect(model.submit()).toBe(true);
    expect(sent).toMatchObject([{ changes: { [field]: text } }]);
  });

  it.each([
    '+31 20 123 4567',
    '+31-20-123-4567',
    '+31 (20) 123 4567',
    '0031 20 1234567',
    '+31 (0) 20 123 45 67',
  ])('as the number %s is the same number', (text) =>
    expect(cleaned('phoneNumber', text)).toBe('+31201234567'),
  );

  it('may stay empty where nothing was known', () => {
    begin();
    model.type('name', 'Ana');
    model.type('name', '');
    expect(model.submit()).toBe(true);
    expect([model.problems.value, model.state.value]).toEqual([{}, 'unchanged']);
  });
});

describe('an e-mail or a phone number that somebody else may have', () => {
  it.each(['anonymous', 'claimed'] as const)(
    'is asked about before it is sent, of a person who is %s',
    (kind) => {
      begin({ kind });
      model.type('name', 'Ana');
      model.type('email', 'ana@asterpine.com');
      expect(model.submit()).toBe(true);
      expect([sent, model.asking.value]).toEqual([[], { name: 'Ana', email: 'ana@asterpine.com' }]);
      model.answer(true);
      const changes = { name: 'Ana', email: 'ana@asterpine.com' };
      expect(sent).toEqual([{ type: 'contact.change', changes, mayMerge: true }]);
      expect([model.asking.value, model.state.value]).toEqual([null, 'saving']);
    },
  );

  it('is not sent when the person would rather not, and stays as it was typed', () => {
    begin();
    model.type('phoneNumber', '+31 20 123 4567');
    model.submit();
    model.answer(false);
    expect([sent, model.asking.value, model.state.value]).toEqual([[], null, 'idle']);
    expect(model.values.value.phoneNumber).toBe('+31 20 123 4567');
  });

  it('is asked about every time', () => {
    begin();
    model.type('email', 'ana@asterpine.com');
    model.submit();
    model.answer(true);
    says({ state: 'failed', problem: 'unreachable' });
    model.submit();
    expect(model.asking.value).toEqual({ email: 'ana@asterpine.com' });
    expect(sent).toHaveLength(1);
  });

  it('is not asked about for a name alone', () => {
    begin();
    model.type('name', 'Ana');
    model.submit();
    expect(sent).toMatchObject([{ mayMerge: false }]);
  });
});
