// What the shell is asked to do, as plain JSON. Effects run after the state that asked for them is saved, those that
// the server would do twice never without; their outcomes come back as events.

export type Effect =
  | { type: 'http.createContact' }
  | { type: 'http.getContact' }
  | { type: 'http.getInbox' }
  | { type: 'http.listConversations'; etag: string | null }
  | { type: 'http.createConversation'; localConversationId: string }
  | { type: 'http.listMessages'; purpose: 'gap' | 'older'; conversationId: number; before: number | null }
  | { type: 'http.createMessage'; echoId: string; conversationId: number; text: string }
  | { type: 'http.updateLastSeen'; conversationId: number }
  | { type: 'cable.open' }
  | { type: 'cable.close' }
  | { type: 'cable.reconnect' };
