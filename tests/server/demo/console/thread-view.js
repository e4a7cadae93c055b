// The open conversation: its head and its messages. Draws again only what changed, so that focus, selection and
// pictures survive the polling. Must not talk to the server.

import { inboxWords } from './api.js';
import { statusWord } from './conversation-list.js';
import { messageView } from './message-view.js';
import { byId, clock } from './page.js';

const log = byId('messages');
let shownId = null;
let isAtEnd = true;
/** Message id to what was drawn: the key it was drawn from, and the element. */
let drawn = new Map();

function stayAtEnd() {
  if (isAtEnd) log.scrollTop = log.scrollHeight;
}
// A picture that is drawn again scrolls too, because it has no height until it is loaded; only the agent does so at the
// same height.
let seen = { top: 0, height: 0 };
log.addEventListener('scroll', () => {
  const { scrollTop: top, scrollHeight: height, clientHeight } = log;
  if (height - top - clientHeight < 40) isAtEnd = true;
  else if (top < seen.top && height === seen.height) isAtEnd = false;
  seen = { top, height };
});
// The reply box grows and pictures arrive late.
new ResizeObserver(stayAtEnd).observe(log);
log.addEventListener('load', stayAtEnd, true);

function showHead({ id, meta, muted, status, snoozed_until, inbox_id }) {
  byId('contact').textContent = meta.sender.name;
  const until = status === 'snoozed' && snoozed_until && `until ${clock(Date.parse(snoozed_until) / 1000)}`;
  const words = [
    meta.sender.email,
    `#${id}`,
    [statusWord({ status }), until].filter(Boolean).join(' '),
    inboxWords(inbox_id),
    meta.assignee && `assigned to ${meta.assignee.available_name ?? meta.assignee.name}`,
    muted && 'blocked',
  ];
  byId('details').textContent = words.filter(Boolean).join(' · ');
  byId('block').textContent = muted ? 'Unblock' : 'Block';
  for (const button of document.querySelectorAll('[data-status]'))
    button.setAttribute('aria-pressed', String(button.dataset.status === status));
}

/** Shows a conversation with all its messages; `onDelete(messageId)`. Stays at the end if that was in view. */
export function showThread(conversation, messages, onDelete) {
  if (conversation.id !== shownId) {
    drawn = new Map();
    isAtEnd = true;
  }
  shownId = conversation.id;
  showHead(conversation);

  const next = new Map();
  for (const message of messages) {
    const key = JSON.stringify(message);
    const before = drawn.get(message.id);
    const kept = before?.key === key ? before.node : messageView(message, () => onDelete(message.id));
    next.set(message.id, { key, node: kept });
  }
  const nodes = [...next.values()].map(({ node }) => node);
  for (const node of [...log.children]) if (!nodes.includes(node)) node.remove();
  for (const [index, node] of nodes.entries())
    if (log.children[index] !== node) log.insertBefore(node, log.children[index] ?? null);
  drawn = next;
  stayAtEnd();
}
