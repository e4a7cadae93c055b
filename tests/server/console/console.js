// The agent console: lists conversations, shows one live, replies, types, notes, resolves. Polls once a second.
// Speaks only the account API; text is set as text, never parsed as HTML.

const POLL_EVERY = 1000;
const TYPING_STOPS_AFTER = 4000;
// Not the button's own word: a test that asks for "Resolve" must find one button.
const STATUS_WORDS = { open: 'Open', resolved: 'Done', pending: 'Waiting', snoozed: 'Later' };
const byId = (id) => document.getElementById(id);
const session = await (await fetch('/console/session')).json();
const inboxNames = new Map(session.inboxes.map(({ id, name }) => [id, name]));

let openId = null;
let isTyping = false;
let typingTimer = 0;
let shownList = '';
let shownThread = '';

async function api(method, path, body) {
  const response = await fetch(`/api/v1/accounts/${session.account_id}/conversations${path}`, {
    method,
    headers: { api_access_token: session.api_access_token, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

function element(tag, { className = '', text = '', ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

function preview({ last_non_activity_message: last }) {
  if (last === null) return 'No messages yet';
  return last.content || (last.attachments ? 'Attachment' : 'Empty message');
}

function showList(conversations) {
  const rows = conversations.map((conversation) => {
    const button = element('button', { type: 'button' });
    if (conversation.unread_count > 0)
      button.append(element('span', { className: 'badge', text: `${conversation.unread_count} new` }));
    button.append(
      element('strong', { text: conversation.meta.sender.name }),
      element('span', { text: preview(conversation) }),
      element('span', {
        text: `#${conversation.id} · ${STATUS_WORDS[conversation.status]} · ${inboxNames.get(conversation.inbox_id)}`,
      }),
    );
    if (conversation.id === openId) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', () => choose(conversation.id));
    return element('li', {}, button);
  });
  byId('none').hidden = rows.length > 0;
  byId('conversations').replaceChildren(...rows);
}

function bubble(message) {
  if (message.message_type === 2) return element('article', { className: 'activity', text: message.content });
  const byAgent = message.message_type === 1;
  const name = message.sender?.available_name ?? message.sender?.name ?? 'CarbonChat';
  const kinds = [byAgent && 'agent', message.private && 'note'].filter(Boolean).join(' ');
  const files = (message.attachments ?? []).map((file) =>
    element(
      'p',
      {},
      element('a', { href: file.data_url, text: `${file.file_type} (${file.file_size} bytes)` }),
    ),
  );
  const state = [
    name,
    message.private && 'private note',
    clock(message.created_at),
    byAgent && message.status,
  ];
  return element(
    'article',
    { className: kinds, 'aria-label': `${name}, ${clock(message.created_at)}` },
    element('div', { text: message.content ?? '' }),
    ...files,
    element('time', { text: state.filter(Boolean).join(' · ') }),
  );
}

function showThread(conversation, messages) {
  byId('contact').textContent = conversation.meta.sender.name;
  byId('details').textContent = [
    conversation.meta.sender.email,
    `#${conversation.id}`,
    STATUS_WORDS[conversation.status],
  ]
    .filter(Boolean)
    .join(' · ');
  byId('status').textContent = conversation.status === 'resolved' ? 'Reopen' : 'Resolve';
  byId('messages').replaceChildren(...messages.map(bubble));
  byId('messages').scrollTop = byId('messages').scrollHeight;
}

/** Draws again only what changed, so that focus and selection survive the polling. */
async function refresh() {
  const { data } = await api('GET', '?status=all');
  const listKey = JSON.stringify([data.payload, openId]);
  if (listKey !== shownList) showList(data.payload);
  shownList = listKey;
  const conversation = data.payload.find(({ id }) => id === openId);
  byId('thread').hidden = conversation === undefined;
  byId('pick').hidden = conversation !== undefined;
  if (conversation === undefined) return;
  const { payload } = await api('GET', `/${conversation.id}/messages`);
  if (conversation.id !== openId) return;
  const threadKey = JSON.stringify([conversation.status, conversation.meta.sender.name, payload]);
  if (threadKey !== shownThread) showThread(conversation, payload);
  shownThread = threadKey;
  if (conversation.unread_count > 0) await api('POST', `/${openId}/update_last_seen`, {});
}

async function setTyping(on) {
  clearTimeout(typingTimer);
  if (on) typingTimer = setTimeout(() => act(() => setTyping(false)), TYPING_STOPS_AFTER);
  if (on === isTyping || openId === null) return;
  isTyping = on;
  const is_private = byId('private').checked;
  await api('POST', `/${openId}/toggle_typing_status`, { typing_status: on ? 'on' : 'off', is_private });
}

/** Runs something that talks to the server and says so when it cannot. */
async function act(deed) {
  try {
    await deed();
    byId('link').textContent = '';
  } catch (error) {
    byId('link').textContent = `Not connected. ${error.message}`;
  }
}

async function choose(id) {
  await act(async () => {
    await setTyping(false);
    openId = id;
    byId('reply').value = '';
    await refresh();
    byId('reply').focus();
  });
}

byId('agent').textContent = session.agent;
byId('reply').addEventListener('input', () => act(() => setTyping(byId('reply').value !== '')));
byId('reply').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  byId('form').requestSubmit();
});
byId('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const content = byId('reply').value.trim();
  if (content === '' || openId === null) return;
  act(async () => {
    await setTyping(false);
    await api('POST', `/${openId}/messages`, { content, private: byId('private').checked });
    byId('reply').value = '';
    await refresh();
  });
});
byId('status').addEventListener('click', () =>
  act(async () => {
    const status = byId('status').textContent === 'Resolve' ? 'resolved' : 'open';
    await api('POST', `/${openId}/toggle_status`, { status });
    await refresh();
  }),
);

async function poll() {
  await act(refresh);
  setTimeout(poll, POLL_EVERY);
}
poll();
