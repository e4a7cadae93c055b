// One well-formed command of each type, for a session whose conversation is 7.
import type { CommandOf, CommandType } from '@/lib/messaging/commands';
import { echoId } from '../background/samples';

export const newEchoId = '33333333-3333-4333-8333-333333333333';

export const commands: { [T in CommandType]: CommandOf<T> } = {
  'message.send': { type: 'message.send', echoId: newEchoId, conversationKey: '7', text: 'Hello' },
  'message.retry': { type: 'message.retry', echoId },
  'message.discard': { type: 'message.discard', echoId },
  'draft.change': { type: 'draft.change', conversationKey: '7', text: 'Half a sen' },
  'history.loadOlder': { type: 'history.loadOlder', conversationId: 7 },
  'link.retry': { type: 'link.retry' },
  'panel.toggle': { type: 'panel.toggle' },
  'button.show': { type: 'button.show' },
};
