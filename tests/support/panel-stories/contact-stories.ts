// The states of the panel that have to do with who is asking.
import type { ContactView, Snapshot } from '@/lib/messaging/view-updates';
import { contact, entry, minute, now, opened, snapshot } from '../../panel/fixtures';
import { conversationOf, echo, list, messages, type Story } from './contents';

const refusedOf = (name: 'signedOut' | 'identityRefused'): Snapshot['link'] => ({
  name,
  since: now - 9000,
  nextTryAt: null,
});

/** One's details, with what is typed into the boxes before Save. */
const detailsOf = (
  change: Partial<ContactView>,
  typed: Partial<Record<'name' | 'email' | 'phoneNumber', string>> = {},
  next?: Partial<ContactView>,
): Story => ({
  snapshot: snapshot({ contact: contact(change) }),
  after: async (background, panel) => {
    panel.openDetails();
    await until('form');
    const boxes = [...document.querySelectorAll('input')];
    for (const [index, text] of [typed.name, typed.email, typed.phoneNumber].entries()) {
      const box = boxes[index];
      if (text === undefined || !box) continue;
      box.value = text;
      box.dispatchEvent(new Event('input', { bubbles: true }));
    }
    if (Object.keys(typed).length > 0) document.querySelector('form')?.requestSubmit();
    if (next) background.patch({ type: 'contact.changed', contact: contact({ ...change, ...next }) });
  },
});

const ana = { name: 'Ana Silva', email: 'ana@asterpine.com', phoneNumber: '+31201234567' };

/** The chunk of a view is fetched when it is wanted. */
async function until(selector: string): Promise<HTMLElement> {
  for (;;) {
    const found = document.querySelector<HTMLElement>(selector);
    if (found) return found;
    await new Promise(requestAnimationFrame);
  }
}

const openMenu = async () => (await until('.more > button')).click();

export const contactStories: Record<string, Story> = {
  menu: { snapshot: list, after: openMenu },
  forget: {
    snapshot: list,
    after: async () => {
      await openMenu();
      (await until('[role=menuitem]:last-child')).click();
    },
  },
  withEarlier: {
    snapshot: {
      ...list,
      conversations: list.conversations.slice(0, 2),
      outbox: [],
      past: { role: 'own', earlier: { sessionId: 'before', unread: 2 } },
    },
  },
  emptyWithEarlier: {
    snapshot: snapshot({ past: { role: 'own', earlier: { sessionId: 'before', unread: 0 } } }),
  },
  earlier: {
    snapshot: {
      ...list,
      conversations: list.conversations.slice(1, 5),
      outbox: [],
      drafts: {},
      past: { role: 'earlier', earlier: null, ownSessionId: 'own' },
    },
  },
  heldInList: {
    snapshot: {
      ...list,
      drafts: {},
      outbox: [entry(echo(1), { conversationKey: '2', status: 'held', text: 'Is the export fixed?' })],
    },
  },
  details: detailsOf({}),
  detailsKnown: detailsOf({ ...ana, kind: 'proven' }),
  detailsErrors: detailsOf(
    { ...ana, kind: 'claimed' },
    { name: '', email: 'ana@asterpine', phoneNumber: '020 123' },
  ),
  detailsMerge: detailsOf({}, { email: 'ana@asterpine.com', phoneNumber: '+31 20 123 4567' }),
  detailsSaving: detailsOf({ kind: 'proven' }, { name: ana.name }),
  detailsSaved: detailsOf(
    { ...ana, kind: 'proven' },
    { name: 'Ana M. Silva' },
    { name: 'Ana M. Silva', change: { state: 'saved' } },
  ),
  detailsRefused: detailsOf(
    { kind: 'proven' },
    { email: 'ana@asterpine.com' },
    { change: { state: 'failed', problem: 'email' } },
  ),
  detailsUnreachable: detailsOf(
    { kind: 'proven' },
    { name: ana.name },
    { change: { state: 'failed', problem: 'unreachable' } },
  ),
  signedOut: conversationOf({ link: refusedOf('signedOut') }),
  identityRefused: conversationOf({ link: refusedOf('identityRefused') }),
  signedOutFirst: { snapshot: snapshot({ listed: false, link: refusedOf('signedOut') }) },
  held: {
    route: '1',
    snapshot: opened(messages, {
      outbox: [
        entry(echo(1), { status: 'held', text: 'Is the refund automatic?', queuedAt: now - 1.5 * minute }),
        entry(echo(2), { text: 'One more thing', sequence: 2 }),
      ],
    }),
  },
};
