// Every frame of the contract (§5.2, §5.3), and what is none of them.

import { describe, expect, it } from 'vitest';
import { perform, receive, speaks, subscribe } from '@/lib/cable/frames';

const identifier = '{"channel":"RoomChannel","pubsub_token":"abc"}';

describe('reading frames', () => {
  it.each([
    ['{"type":"welcome"}', { type: 'welcome' }],
    ['{"type":"ping","message":1781700000}', { type: 'ping' }],
    [JSON.stringify({ identifier, type: 'confirm_subscription' }), { type: 'confirm', identifier }],
    [JSON.stringify({ identifier, type: 'reject_subscription' }), { type: 'reject', identifier }],
    [
      JSON.stringify({ identifier, message: { event: 'e' } }),
      { type: 'message', identifier, message: { event: 'e' } },
    ],
    [JSON.stringify({ identifier, message: null }), { type: 'message', identifier, message: null }],
  ])('reads %s', (text, frame) => {
    expect(receive(text)).toEqual(frame);
  });

  it.each([
    ['{"type":"disconnect","reason":"server_restart","reconnect":true}', true],
    ['{"type":"disconnect","reason":"unauthorized","reconnect":false}', false],
    ['{"type":"disconnect"}', true],
    ['{"type":"disconnect","reconnect":null}', true],
  ])('lets only an outspoken false forbid coming back: %s', (text, reconnect) => {
    expect(receive(text)).toEqual({ type: 'disconnect', reconnect });
  });

  it.each([
    '',
    '{nope',
    'null',
    'true',
    '5',
    '"welcome"',
    '[]',
    '["welcome"]',
    '{}',
    '{"type":"dance"}',
    '{"type":["welcome"]}',
    '{"type":"confirm_subscription"}',
    '{"type":"reject_subscription","identifier":7}',
    '{"message":{"event":"e"}}',
    '{"identifier":{},"message":1}',
    '{"identifier":"i"}',
    '{"identifier":"i","type":"dance","message":1}',
    '{"identifier":"i","type":null,"message":1}',
  ])('calls %j unknown', (text) => {
    expect(receive(text)).toEqual({ type: 'unknown' });
  });
});

describe('writing frames', () => {
  it('puts the identifier into a subscribe as a string inside JSON', () => {
    expect(subscribe(identifier)).toBe(
      '{"command":"subscribe","identifier":"{\\"channel\\":\\"RoomChannel\\",\\"pubsub_token\\":\\"abc\\"}"}',
    );
  });

  it('puts the data of an action into a command as JSON inside JSON', () => {
    expect(perform('i', 'update_presence')).toBe(
      '{"command":"message","identifier":"i","data":"{\\"action\\":\\"update_presence\\"}"}',
    );
  });
});

it.each([
  ['actioncable-v1-json', true],
  ['', true],
  ['actioncable-unsupported', false],
  ['graphql-ws', false],
])('speaks the sub-protocol %j: %s', (protocol, answer) => {
  expect(speaks(protocol)).toBe(answer);
});
