// Owns a small client of the account API for tests: what an agent does at the dashboard, over real HTTP.
// Must not reach into the server's memory.

import type { presentAccountConversation, presentAccountMessage } from '../presenters/account-presenters';

export type AccountMessage = ReturnType<typeof presentAccountMessage>;
export type AccountConversation = ReturnType<typeof presentAccountConversation>;
export type AgentClient = ReturnType<typeof createAgentClient>;
type Extras = { content_type?: string; content_attributes?: Record<string, unknown> };

type Values = Record<string, unknown>;

/** `url` is a function because a server that has not started yet has no port. Every call throws unless answered 200. */
export function createAgentClient(url: () => string, accountId: number, apiAccessToken: string) {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${url()}/api/v1/accounts/${accountId}/conversations${path}`, {
      method,
      headers: { api_access_token: apiAccessToken, ...(!isForm && { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const post = <T>(id: number, what: string, body: unknown) => call<T>('POST', `/${id}/${what}`, body);
  const toggle = (id: number, status: string, more: Values = {}) =>
    post<unknown>(id, 'toggle_status', { status, ...more });
  const ask = (id: number, content_type: string, content: string, content_attributes: Values = {}) =>
    post<AccountMessage>(id, 'messages', { content, content_type, content_attributes });

  return {
    /** All conversations of the account, most recently active first. */
    conversations: async () =>
      (await call<{ data: { payload: AccountConversation[] } }>('GET', '?status=all')).data.payload,
    conversation: (id: number) => call<AccountConversation>('GET', `/${id}`),
    /** All messages, oldest first, private notes and activity included. */
    messages: async (id: number) =>
      (await call<{ payload: AccountMessage[] }>('GET', `/${id}/messages`)).payload,
    reply: (id: number, content: string, extras: Extras = {}) =>
      post<AccountMessage>(id, 'messages', { content, ...extras }),
    note: (id: number, content: string) => post<AccountMessage>(id, 'messages', { content, private: true }),
    /** Files, with or without words. */
    sendFiles: (id: number, files: File[], content?: string) => {
      const form = new FormData();
      if (content !== undefined) form.set('content', content);
      for (const file of files) form.append('attachments[]', file);
      return post<AccountMessage>(id, 'messages', form);
    },
    /** A choice of one (§8.2). */
    select: (id: number, content: string, items: { title: string; value: string }[]) =>
      ask(id, 'input_select', content, { items }),
    form: (id: number, content: string, items: Values[], more: Values = {}) =>
      ask(id, 'form', content, { items, ...more }),
    cards: (id: number, content: string, items: Values[]) => ask(id, 'cards', content, { items }),
    articles: (id: number, content: string, items: Values[]) => ask(id, 'article', content, { items }),
    askEmail: (id: number, content: string) => ask(id, 'input_email', content),
    askRating: (id: number, content: string) => ask(id, 'input_csat', content),
    deleteMessage: (id: number, messageId: number) =>
      call<AccountMessage>('DELETE', `/${id}/messages/${messageId}`),
    /** What an operator's webhook reports of a message: sent, delivered, read or failed. */
    setMessageStatus: (id: number, messageId: number, status: string, external_error?: string) =>
      call<AccountMessage>('PATCH', `/${id}/messages/${messageId}`, { status, external_error }),
    typing: (id: number, typing_status: 'on' | 'off', is_private = false) =>
      post<void>(id, 'toggle_typing_status', { typing_status, is_private }),
    resolve: (id: number) => toggle(id, 'resolved'),
    open: (id: number) => toggle(id, 'open'),
    pend: (id: number) => toggle(id, 'pending'),
    /** Snoozes until a unix time in seconds. */
    snooze: (id: number, snoozed_until: number) => toggle(id, 'snoozed', { snoozed_until }),
    assign: (id: number, assignee_id: number | null) => post<unknown>(id, 'assignments', { assignee_id }),
    read: (id: number) => post<unknown>(id, 'update_last_seen', {}),
    /** Blocks the contact and resolves. */
    mute: (id: number) => post<void>(id, 'mute', {}),
    unmute: (id: number) => post<void>(id, 'unmute', {}),
    /** Replace what was there before. */
    setLabels: (id: number, labels: string[]) => post<unknown>(id, 'labels', { labels }),
    setAttributes: (id: number, custom_attributes: Values) =>
      post<unknown>(id, 'custom_attributes', { custom_attributes }),
    setPriority: (id: number, priority: string | null) => post<void>(id, 'toggle_priority', { priority }),
    /** Starts a conversation with a contact session, without a message. */
    startConversation: (source_id: string) => call<AccountConversation>('POST', '', { source_id }),
    /** For administrators only. */
    deleteConversation: (id: number) => call<void>('DELETE', `/${id}`),
  };
}
