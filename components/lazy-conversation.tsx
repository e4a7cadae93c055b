// The conversation's view, half of the panel's weight, in a chunk of its own: the list is painted without it. It is
// fetched when a person reaches for a conversation, so that it is there when they open one. What reads the words of
// messages is a chunk beside it, asked for at the same time: no word is drawn before it, and none is drawn anew.
import { lazy } from './lazy';

const conversation = lazy(() => {
  void import('./rich-text');
  return import('./conversation-view');
});

export const loadConversation = conversation.load;
export const LazyConversation = conversation.view((module) => module.ConversationView);
