// One well-formed command of each type, for a session whose conversation is 7.
import type { CommandOf, CommandType } from '@/lib/messaging/commands';
import { echoId } from '../background/samples';

const sessionId = 's1';
export const newEchoId = '33333333-3333-4333-8333-333333333333';

export const commands: { [T in CommandType]: CommandOf<T> } = {
  'message.send': { type: 'message.send', sessionId, echoId: newEchoId, conversationKey: '7', text: 'Hello' },
  'message.answer': {
    type: 'message.answer',
    sessionId,
    echoId: newEchoId,
    conversationId: 7,
    messageId: 1,
    answer: { kind: 'option', option: { title: 'Yes', value: 'yes' } },
    mayMerge: false,
  },
  'conversation.resolve': { type: 'conversation.resolve', sessionId, echoId: newEchoId, conversationId: 7 },
  'message.retry': { type: 'message.retry', sessionId, echoId },
  'message.discard': { type: 'message.discard', sessionId, echoId },
  'draft.change': { type: 'draft.change', sessionId, conversationKey: '7', text: 'Half a sen' },
  'history.loadOlder': { type: 'history.loadOlder', sessionId, conversationId: 7 },
  'link.retry': { type: 'link.retry', sessionId },
  'contact.change': { type: 'contact.change', sessionId, changes: { name: 'Ada' }, mayMerge: false },
  'page.open': { type: 'page.open', sessionId, reload: false },
  'session.forget': { type: 'session.forget', sessionId },
  'user.say': { type: 'user.say', user: '{"identifier":"ada"}' },
  'user.attributes': { type: 'user.attributes', attributes: '{"plan":"team"}' },
  'panel.toggle': { type: 'panel.toggle' },
  'button.show': { type: 'button.show' },
};
