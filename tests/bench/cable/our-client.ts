// A whole background with a panel open on the conversation as one client of a fleet: real time, real requests, real
// sockets, stores in memory. What it shows is what the panel's list of messages holds.

import { effect } from '@preact/signals';
import { startBackground } from '@/lib/background/background';
import { commitOf } from '@/lib/background/repository';
import { unheardInbox } from '@/lib/core/state';
import { createPanel } from '@/lib/panel/panel';
import { write } from '../../background/seeded';
import { oneSite } from '../../site/sites';
import { newSession } from '../../support/core-builders';
import { fromPanel, timings } from '../../support/fake-platform';
import { now } from './clock';
import { createDevicePlatform } from './device-platform';
import type { Assignment, BenchClient, Tell } from './protocol';

/** Starts a device that holds the contact session from the beginning; resolves before it is connected. */
export async function startOurs(number: number, assignment: Assignment, tell: Tell): Promise<BenchClient> {
  const { httpPort, inboxIdentifier, sourceId, pubsubToken, contactId, conversationId } = assignment;
  const device = createDevicePlatform(assignment.cablePort, () => tell('live'));
  const session = { ...newSession, id: `device-${number}`, sourceId, pubsubToken, contactId };
  const nothing = { conversations: {}, outbox: {}, creations: {}, drafts: {}, syncedTo: {} };
  const record = { session, ...nothing, inbox: unheardInbox };
  await write(device.platform.store, device.platform.openHistory(), session.id, commitOf(null, record, []));
  startBackground({
    config: oneSite({ installationUrl: `http://127.0.0.1:${httpPort}`, inboxIdentifier }),
    timings,
    platform: device.platform,
    report: (problem) => console.error(`device ${number}: ${problem}`),
  });
  const key = String(conversationId);
  const panel = createPanel({
    siteId: null,
    showSite: () => {},
    sessionId: null,
    showSession: () => {},
    connect: () => device.connect(fromPanel),
    send: (command) => device.send(command, fromPanel),
    windowId: async () => 1,
    closePanel: () => {},
    clock: device.platform.clock,
    random: device.platform.random,
    memory: { read: () => key, write: () => {} },
    frame: (run) => void setTimeout(run, 16),
    painted: (run) => void setTimeout(run, 16),
  });
  const times = new Map<number, number>();
  let wasLive = false;
  effect(() => {
    for (const { id } of panel.state.window.value?.messages ?? []) if (!times.has(id)) times.set(id, now());
  });
  effect(() => {
    const isLive = panel.state.link.value.name === 'live';
    if (wasLive && !isLive) tell('lost');
    wasLive = isLive;
  });
  return {
    shown: () => panel.state.window.peek()?.messages.map(({ id }) => id) ?? [],
    shownAt: (id) => times.get(id),
    isQuiet: device.isQuiet,
    reopen() {
      panel.back();
      panel.openConversation(key);
    },
  };
}
