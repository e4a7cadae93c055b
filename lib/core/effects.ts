// What the shell is asked to do, as plain JSON. Effects run after the state that asked for them is saved, those that
// the server would do twice never without; their outcomes come back as events.
import type { Answer } from './content';
import type { ContactChanges } from './server-types';
import type { Identity } from './types';

export type Effect =
  /** `bare`: without what the server has refused of the identity. */
  | { type: 'http.createContact'; bare: boolean }
  | { type: 'http.getContact' }
  /** Tells of the identity and proves it. */
  | { type: 'http.identify'; identity: Identity; changes: ContactChanges }
  | { type: 'http.changeContact'; changes: ContactChanges }
  /** `cause`: why the cable or the contact cannot be had; `hours`: when somebody is there. */
  | { type: 'http.getInbox'; purpose: 'cause' | 'hours' }
  | { type: 'http.listConversations'; etag: string | null }
  | { type: 'http.createConversation'; localConversationId: string }
  | { type: 'http.listMessages'; purpose: 'gap' | 'older'; conversationId: number; before: number | null }
  | { type: 'http.createMessage'; echoId: string; conversationId: number; text: string }
  | {
      type: 'http.answerMessage';
      echoId: string;
      conversationId: number;
      messageId: number;
      answer: Answer;
    }
  | { type: 'http.resolve'; echoId: string; conversationId: number }
  /** `upTo`: the newest message that was read. */
  | { type: 'http.updateLastSeen'; conversationId: number; upTo: number }
  | { type: 'http.setTyping'; conversationId: number; on: boolean }
  | { type: 'cable.open' }
  | { type: 'cable.close' }
  | { type: 'cable.reconnect' }
  /** Says that somebody looks, and asks who is there. */
  | { type: 'cable.updatePresence' };
