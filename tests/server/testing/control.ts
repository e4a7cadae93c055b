// Owns what tests may do to the server behind its back, as methods and as POST /__control/<method> with JSON.
// Every method takes at most one plain object, so that both doors are the same.

import { setTimeout as wait } from 'node:timers/promises';
import type { Hono } from 'hono';
import { changeByJob, type JobFields } from '../actions/message-changes';
import { changeStatus } from '../actions/status-actions';
import { writeTemplate } from '../actions/templates';
import type { FrameSettings } from '../cable/broadcast';
import type { CableServer } from '../cable/cable';
import type { RateLimit } from '../http/rate-limit';
import type { Env } from '../http/responses';
import { restAgents } from '../records/inboxes';
import type { Agent, Conversation } from '../records/records';
import { type SeedOptions, seedConversation } from '../records/seed';
import { usualWeek } from '../records/working-hours';
import type { World } from '../world';
import type { Fault, Faults } from './faults';
import type { RequestLog, RequestMatch } from './request-log';

type Match = Pick<Fault, 'method' | 'path' | 'times'>;
type Parts = {
  world: World;
  cable: CableServer;
  faults: Faults;
  log: RequestLog;
  limit: RateLimit;
  stop: () => Promise<void>;
  start: () => Promise<void>;
};

type DailyHours = { timeZone: string; opens: number; closes: number };

export type Control = ReturnType<typeof createControl>;

export function createControl({ world, cable, faults, log, limit, stop, start }: Parts) {
  return {
    /** Drops all sockets abnormally (1006), as a lost network does. */
    dropSockets: () => cable.drop(),
    /** Disconnect frame `server_restart`, then 1000. */
    restartCable: () => cable.restart(),
    /** Stops listening, breaks every connection, and after `duration` ms listens again; state is kept. */
    outage: async ({ duration }: { duration: number }) => {
      await stop();
      await wait(duration);
      await start();
    },
    /** Arms a failure of the next `times` matching requests (faults.ts). */
    fail: (fault: Fault) => faults.add(fault),
    /** Delays matching requests by ms before or after the commit; `times` 0 (all) when absent. */
    delay: ({
      beforeCommit = 0,
      afterCommit = 0,
      ...match
    }: Match & { beforeCommit?: number; afterCommit?: number }) => {
      if (beforeCommit > 0) faults.add({ times: 0, ...match, when: 'before', how: { delay: beforeCommit } });
      if (afterCommit > 0) faults.add({ times: 0, ...match, when: 'after', how: { delay: afterCommit } });
    },
    /** Lets requests go on that a fault `hold`s. */
    release: () => faults.release(),
    clearFaults: () => faults.clear(),
    /** Sockets open now fall silent (no pings, no frames, deaf); with `newToo` later ones as well. */
    mute: (options?: { newToo?: boolean }) => cable.mute(options),
    unmute: () => cable.unmute(),
    /** Order of frame and answer, doubled or shuffled frames. */
    frames: (settings: Partial<FrameSettings>) => {
      Object.assign(world.broadcast.settings, settings);
    },
    /** Keeps frames back until `releaseFrames`, as when the job runner is down. */
    holdFrames: () => world.broadcast.hold(),
    releaseFrames: (options?: { reverse?: boolean }) => world.broadcast.release(options),
    /** A conversation with `count` old messages for a session (the newest one if not named); no frames. */
    seed: (options: SeedOptions) => seedConversation(world, options),
    setAvailability: ({
      agentId,
      availability,
    }: {
      agentId: number;
      availability: Agent['availability'];
    }) => {
      for (const agent of world.agents) if (agent.id === agentId) agent.availability = availability;
    },
    /** Moves the server's clock forward. */
    passTime: ({ ms }: { ms: number }) => world.store.passTime(ms),
    /** A message was written that many days earlier. */
    moveMessage: ({ messageId, days }: { messageId: number; days: number }) => {
      const messages = world.store.conversations.flatMap((conversation) => conversation.messages);
      for (const message of messages) if (message.id === messageId) message.created_at -= days * 86_400_000;
    },
    /** A job changes a message: e.g. `{status: 'failed', content_attributes: {external_error}}`. Throws when there is none. */
    changeMessage: ({ messageId, fields }: { messageId: number; fields: JobFields }) => {
      const { conversations } = world.store;
      const conversation = conversations.find(({ messages }) => messages.some(({ id }) => id === messageId));
      const message = conversation?.messages.find(({ id }) => id === messageId);
      if (conversation === undefined || message === undefined)
        throw new Error(`There is no message ${messageId}.`);
      changeByJob(world, conversation, message, fields);
    },
    /** An inbox is out of hours all week, and says so in these words; null: it keeps no hours. */
    closeInbox: ({ identifier, words }: { identifier: string; words: string | null }) => {
      const workingHours = usualWeek().map((day) => ({ ...day, closed_all_day: true }));
      for (const inbox of world.inboxes)
        if (inbox.identifier === identifier)
          Object.assign(inbox, { outOfOffice: words, workingHoursEnabled: words !== null, workingHours });
    },
    /**
     * An inbox keeps these hours, in minutes since midnight and the same every day, in its own time zone; null: it keeps none.
     */
    keepHours: ({ identifier, hours }: { identifier: string; hours: DailyHours | null }) => {
      const daily = hours && {
        closed_all_day: false,
        open_hour: Math.floor(hours.opens / 60),
        open_minutes: hours.opens % 60,
        close_hour: Math.floor(hours.closes / 60),
        close_minutes: hours.closes % 60,
      };
      const workingHours = usualWeek().map((day) => ({ ...day, ...daily }));
      for (const inbox of world.inboxes)
        if (inbox.identifier === identifier)
          Object.assign(inbox, {
            timezone: hours?.timeZone ?? 'UTC',
            workingHoursEnabled: hours !== null,
            workingHours,
          });
    },
    /** The job that resolves what nobody has answered, with its words before that (contract §9.1). */
    autoResolve: ({ conversationId, words }: { conversationId: number; words: string }) => {
      const isIt = ({ id }: Conversation) => id === conversationId;
      for (const conversation of world.store.conversations.filter(isIt)) {
        writeTemplate(world, conversation, { content: words });
        changeStatus(world, conversation, 'resolved', null);
      }
    },
    /** A contact was not heard of lately, so that it can be deleted. */
    forgetPresence: ({ contactId }: { contactId: number }) => {
      world.store.contactsSeen.delete(contactId);
    },
    /** Another limit of requests a minute; what was counted is forgotten. */
    limitRequests: ({ perMinute }: { perMinute: number }) => limit.reset(perMinute),
    /** Client API requests and handshakes since the start or the last reset, oldest first. */
    requests: (match?: RequestMatch) => log.list(match),
    /** Resolves when `count` matching requests have arrived, answered or not. */
    arrival: (match?: RequestMatch & { count?: number }) => log.arrival(match),
    clearRequests: () => log.clear(),
    /** How often somebody asked over the cable who is there, since the start or the last reset; subscribing does not count. */
    presenceAsked: () => cable.presenceAsked,
    /** Sockets open now, all or of one pubsub token. */
    sockets: ({ token }: { token?: string } = {}) => cable.count(token),
    /** Forgets all records, faults, settings and the log, drops the sockets; agents are where they started. */
    reset: () => {
      cable.unmute();
      cable.drop();
      faults.clear();
      world.broadcast.reset();
      world.store.reset();
      restAgents(world.agents);
      limit.reset();
      log.clear();
      cable.presenceAsked = 0;
    },
  };
}

/** The same methods over HTTP. JSON only, so that no web page can reach them without a preflight it will not pass. */
export function routeControl(app: Hono<Env>, control: Control): void {
  app.post('/__control/:verb', async (c) => {
    const verb = c.req.param('verb');
    if (!c.req.header('content-type')?.startsWith('application/json'))
      return c.json({ error: 'send JSON' }, 415);
    if (!Object.hasOwn(control, verb)) return c.json({ error: `no such method: ${verb}` }, 404);
    const method = control[verb as keyof Control] as (argument?: unknown) => unknown;
    const text = await c.req.text();
    const value = await method(text === '' ? undefined : JSON.parse(text));
    return c.json({ ok: true, value: value ?? null });
  });
}
