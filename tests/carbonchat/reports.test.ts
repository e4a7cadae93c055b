// @vitest-environment node
// What is told of something that cannot be read: which thing it was and which field, for whoever looks for the fault.
import { expect, it } from 'vitest';
import {
  toContactRecord,
  toContactSession,
  toConversationFrame,
  toInbox,
  toMessage,
  toServerConversation,
} from '@/lib/carbonchat/mapping';
import { parseFrame } from '@/lib/carbonchat/room-channel';
import type { Report } from '@/lib/carbonchat/wire';

const frame = (event: string, data: unknown) => (report: Report) => parseFrame({ event, data }, 5, report);

it.each<[string, (report: Report) => unknown]>([
  ['inbox: name', (report) => toInbox({}, report)],
  ['inbox: its hours', (report) => toInbox({ name: 'x', working_hours_enabled: true }, report)],
  ['contact: source_id', (report) => toContactSession({}, report)],
  ['changed contact: id', (report) => toContactRecord({}, report)],
  ['message: id', (report) => toMessage({}, null, report)],
  ['conversation: id', (report) => toServerConversation({}, report)],
  ['conversation frame: id', (report) => toConversationFrame({}, 5, report)],
  ['frame: event', (report) => parseFrame({}, 5, report)],
  ['frame: not an object', (report) => parseFrame('ping', 5, report)],
  ['typing: conversation', frame('conversation.typing_on', {})],
  ['presence: users', frame('presence.update', {})],
  ['presence of an agent: not an object', frame('presence.update', { users: { 2: 'asleep' } })],
])('says "%s"', (problem, read) => {
  const problems: string[] = [];
  read((one) => problems.push(one));
  expect(problems).toEqual([problem]);
});
