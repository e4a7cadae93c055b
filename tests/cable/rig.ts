// A cable on a fake clock and a fake network, with everything it told its listener. No assertions here.

import { Cable } from '@/lib/cable/cable';
import type { CableListener, CableOptions, CableState } from '@/lib/cable/types';
import { FakeClock } from '../support/fake-clock';
import { FakeNetwork } from '../support/fake-socket';

export const identifier = '{"channel":"Room","key":"k"}';
export const confirm = { type: 'confirm_subscription', identifier };
export const welcome = { type: 'welcome' };
export const ping = { type: 'ping', message: 1781700000 };

/** The default fraction of 0.999… makes every wait its longest. */
export function rig(
  options: Partial<Omit<CableOptions, 'listener'>> = {},
  overrides: Partial<CableListener> = {},
) {
  const clock = options.clock instanceof FakeClock ? options.clock : new FakeClock();
  const network = new FakeNetwork();
  const states: CableState[] = [];
  const messages: unknown[] = [];
  const unknownFrames: string[] = [];
  let subscribeTimeouts = 0;
  const cable = new Cable({
    url: 'wss://support.example/cable',
    identifier,
    socket: network.factory,
    clock,
    random: { fraction: () => 1 - Number.EPSILON, uuid: () => 'not used' },
    listener: {
      onState: (state) => {
        states.push(state);
        overrides.onState?.(state);
      },
      onMessage: (message) => messages.push(message),
      onSubscribeTimeout: () => {
        subscribeTimeouts += 1;
        overrides.onSubscribeTimeout?.();
      },
      onUnknownFrame: (text) => unknownFrames.push(text),
    },
    ...options,
  });
  /** Plays a good server for the newest socket up to the confirmation. */
  const accept = () => {
    network.socket.open();
    network.socket.receive(welcome);
    network.socket.receive(confirm);
  };
  return {
    cable,
    clock,
    network,
    states,
    messages,
    unknownFrames,
    accept,
    get subscribeTimeouts() {
      return subscribeTimeouts;
    },
    /** Connects and makes it live, for long enough to count as a success. */
    goLive() {
      cable.connect();
      accept();
      clock.elapse(1_000);
    },
  };
}
