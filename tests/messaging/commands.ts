// One well-formed command of each type, for a session whose conversation is 7.
import type { CommandOf, CommandType } from '@/lib/messaging/commands';
import { echoId } from '../background/samples';

const siteId = 'acme';
export const newEchoId = '33333333-3333-4333-8333-333333333333';

export const commands: { [T in CommandType]: CommandOf<T> } = {
  'message.send': { type: 'message.send', siteId, echoId: newEchoId, conversationKey: '7', text: 'Hello' },
  'message.retry': { type: 'message.retry', siteId, echoId },
  'message.discard': { type: 'message.discard', siteId, echoId },
  'draft.change': { type: 'draft.change', siteId, conversationKey: '7', text: 'Half a sen' },
  'history.loadOlder': { type: 'history.loadOlder', siteId, conversationId: 7 },
  'link.retry': { type: 'link.retry', siteId },
  'panel.toggle': { type: 'panel.toggle', want: 'open' },
  'button.show': { type: 'button.show' },
  'user.say': { type: 'user.say', user: '{"identifier":"u1"}' },
  'user.attributes': { type: 'user.attributes', attributes: '{"plan":"pro"}' },
};
