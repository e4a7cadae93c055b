// The agent console: lists conversations, shows one live, answers, decides its status. Polls once a second.
// Speaks only the account API.

import { api, session } from './api.js';
import { startComposer } from './composer.js';
import { chosen, showList, startFilter } from './conversation-list.js';
import { byId } from './page.js';
import { showThread } from './thread-view.js';

const POLL_EVERY = 1000;
const SNOOZE_SECONDS = 3600;

let openId = null;
let shownList = '';
let shownThread = '';
let isMuted = false;

/** Draws again only what changed, so that focus and selection survive the polling. */
async function refresh() {
  const { data } = await api('GET', '?status=all');
  const conversations = chosen(data.payload);
  const listKey = JSON.stringify([conversations, openId, byId('inbox').value]);
  if (listKey !== shownList) showList(conversations, openId, choose);
  shownList = listKey;
  const conversation = conversations.find(({ id }) => id === openId);
  byId('thread').hidden = conversation === undefined;
  byId('pick').hidden = conversation !== undefined;
  if (conversation === undefined) return;
  const { payload } = await api('GET', `/${conversation.id}/messages`);
  if (conversation.id !== openId) return;
  const threadKey = JSON.stringify([conversation, payload]);
  isMuted = conversation.muted;
  if (threadKey !== shownThread) showThread(conversation, payload, deleteMessage);
  shownThread = threadKey;
  if (conversation.unread_count > 0) await api('POST', `/${conversation.id}/update_last_seen`, {});
}

/** Runs something that talks to the server and says so when it cannot. */
async function act(deed) {
  try {
    await deed();
    byId('link').textContent = '';
  } catch (error) {
    byId('link').textContent = `That did not work. ${error.message}`;
  }
}

/** Posts something about the open conversation and shows what became of it. */
const post = (what, body = {}) =>
  act(async () => {
    await api('POST', `/${openId}/${what}`, body);
    await refresh();
  });

const deleteMessage = (id) =>
  act(async () => {
    await api('DELETE', `/${openId}/messages/${id}`);
    await refresh();
    byId('reply').focus();
  });

const composer = startComposer({ openId: () => openId, act, refresh });

async function choose(id) {
  await act(async () => {
    await composer.stopTyping();
    openId = id;
    composer.clear();
    await refresh();
    byId('reply').focus();
  });
}

for (const button of document.querySelectorAll('[data-status]'))
  button.addEventListener('click', () => {
    const { status } = button.dataset;
    const snoozed_until = Math.round(Date.now() / 1000) + SNOOZE_SECONDS;
    return post('toggle_status', { status, ...(status === 'snoozed' && { snoozed_until }) });
  });
byId('block').addEventListener('click', () => post(isMuted ? 'unmute' : 'mute'));
byId('agent').textContent = session.agent;
startFilter(() => act(refresh));

async function poll() {
  await act(refresh);
  setTimeout(poll, POLL_EVERY);
}
poll();
