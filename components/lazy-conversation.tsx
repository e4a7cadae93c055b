// The conversation's view, half of the panel's weight, in a chunk of its own: the list is painted without it. It is
// fetched when a person reaches for a conversation, so that it is there when they open one.
import { lazy } from './lazy';

const conversation = lazy(() => import('./conversation-view'));

export const loadConversation = conversation.load;
export const LazyConversation = conversation.view((module) => module.ConversationView);
