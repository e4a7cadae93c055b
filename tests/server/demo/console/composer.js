// The reply box: text, files, private notes, ready examples, and telling that the agent types.

import { api } from './api.js';
import { EXAMPLES } from './examples.js';
import { byId, pressable, size } from './page.js';

const TYPING_STOPS_AFTER = 4000;

/**
 * Wires the reply box. `openId()` names the open conversation, `act(deed)` runs something that talks to the server,
 * `refresh()` shows what became of it. Gives what the page needs when another conversation is chosen.
 */
export function startComposer({ openId, act, refresh }) {
  const [reply, attach, menu] = ['reply', 'attach', 'examples'].map(byId);
  let typingIn = null;
  let typingTimer = 0;

  async function setTyping(on) {
    clearTimeout(typingTimer);
    if (on) typingTimer = setTimeout(() => act(() => setTyping(false)), TYPING_STOPS_AFTER);
    const id = typingIn ?? openId();
    if (on === (typingIn !== null) || id === null) return;
    typingIn = on ? id : null;
    const is_private = byId('private').checked;
    await api('POST', `/${id}/toggle_typing_status`, { typing_status: on ? 'on' : 'off', is_private });
  }

  function showFiles() {
    const files = [...attach.files];
    byId('files').hidden = files.length === 0;
    byId('file-names').textContent = files.map((file) => `${file.name} (${size(file.size)})`).join(', ');
  }

  function clear() {
    reply.value = '';
    attach.value = '';
    showFiles();
  }

  /** A form only for files: it is what the server takes them in. */
  function draft(content) {
    if (attach.files.length === 0) return { content, private: byId('private').checked };
    const form = new FormData();
    form.set('content', content);
    form.set('private', String(byId('private').checked));
    for (const file of attach.files) form.append('attachments[]', file);
    return form;
  }

  function closeMenu() {
    if (!menu.open) return;
    if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
    menu.open = false;
  }

  reply.addEventListener('input', () => act(() => setTyping(reply.value !== '')));
  reply.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    byId('form').requestSubmit();
  });
  byId('form').addEventListener('submit', (event) => {
    event.preventDefault();
    const content = reply.value.trim();
    if ((content === '' && attach.files.length === 0) || openId() === null) return;
    act(async () => {
      await setTyping(false);
      await api('POST', `/${openId()}/messages`, draft(content));
      clear();
      await refresh();
    });
  });

  attach.addEventListener('change', showFiles);
  byId('unattach').addEventListener('click', () => {
    attach.value = '';
    showFiles();
    attach.focus();
  });

  for (const { label, ...message } of EXAMPLES)
    menu.querySelector('fieldset').append(
      pressable({ text: label }, () =>
        act(async () => {
          closeMenu();
          await api('POST', `/${openId()}/messages`, { ...message, private: byId('private').checked });
          await refresh();
        }),
      ),
    );
  document.addEventListener('click', ({ target }) => menu.contains(target) || closeMenu());
  menu.addEventListener('keydown', ({ key }) => key === 'Escape' && closeMenu());

  return { clear, stopTyping: () => setTyping(false) };
}
