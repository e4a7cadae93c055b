// Owns a small client of the account API for tests: what an agent does at the dashboard, over real HTTP.
// Must not reach into the server's memory.

import type { presentAccountConversation, presentAccountMessage } from './account-presenters';

export type AccountMessage = ReturnType<typeof presentAccountMessage>;
export type AccountConversation = ReturnType<typeof presentAccountConversation>;
export type AgentClient = ReturnType<typeof createAgentClient>;
type Extras = { content_type?: string; content_attributes?: Record<string, unknown> };

/** `url` is a function because a server that has not started yet has no port. Every call throws unless answered 200. */
export function createAgentClient(url: () => string, accountId: number, apiAccessToken: string) {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url()}/api/v1/accounts/${accountId}/conversations${path}`, {
      method,
      headers: { api_access_token: apiAccessToken, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const post = <T>(id: number, what: string, body: unknown) => call<T>('POST', `/${id}/${what}`, body);

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
    deleteMessage: (id: number, messageId: number) =>
      call<AccountMessage>('DELETE', `/${id}/messages/${messageId}`),
    typing: (id: number, typing_status: 'on' | 'off', is_private = false) =>
      post<void>(id, 'toggle_typing_status', { typing_status, is_private }),
    resolve: (id: number) => post<unknown>(id, 'toggle_status', { status: 'resolved' }),
    open: (id: number) => post<unknown>(id, 'toggle_status', { status: 'open' }),
    /** Snoozes until a unix time in seconds. */
    snooze: (id: number, snoozed_until: number) =>
      post<unknown>(id, 'toggle_status', { status: 'snoozed', snoozed_until }),
    assign: (id: number, assignee_id: number | null) => post<unknown>(id, 'assignments', { assignee_id }),
    read: (id: number) => post<unknown>(id, 'update_last_seen', {}),
    /** Starts a conversation with a contact session, without a message. */
    startConversation: (source_id: string) => call<AccountConversation>('POST', '', { source_id }),
  };
}
