// Owns the way of every request of both APIs and of files: noted, limited, hit by armed faults, its frames put in order.
// Must not know what a request means. Only the control door and the pages of the demo do not come by.

import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import type { Broadcast } from '../cable/broadcast';
import type { Fault, Faults } from '../testing/faults';
import type { LoggedRequest, RequestLog } from '../testing/request-log';
import type { RateLimit } from './rate-limit';
import { type Env, TOO_MANY } from './responses';

export type PassageOptions = {
  faults: Faults;
  broadcast: Broadcast;
  log: RequestLog;
  limit: RateLimit;
  /** Counts stops of the server: work of a stopped process must not be committed later. */
  stops: () => number;
};

async function readBody(c: Context<Env>): Promise<unknown> {
  if (c.req.header('content-type')?.startsWith('multipart/'))
    return `multipart, ${(await c.req.arrayBuffer()).byteLength} bytes`;
  const text = await c.req.text();
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The answer of a fault with a status: the bodies the real server gives (§2). */
function faultAnswer({ status, body }: { status: number; body?: string }): Response {
  if (status === TOO_MANY.status) return new Response(body ?? TOO_MANY.body, TOO_MANY);
  const text = body ?? JSON.stringify({ status, error: 'Internal Server Error' });
  return new Response(text, { status, headers: { 'content-type': 'application/json; charset=UTF-8' } });
}

/** Carries one fault out; the response that replaces the real one, or null to go on. */
async function suffer({ how }: Fault, faults: Faults, outgoing: ServerResponse): Promise<Response | null> {
  if (how === 'destroy') {
    outgoing.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  if (how === 'hang') {
    if (!outgoing.closed) await new Promise((resolve) => outgoing.once('close', resolve));
    return RESPONSE_ALREADY_SENT;
  }
  if (how === 'hold') {
    await faults.hold();
    return null;
  }
  if ('status' in how) return faultAnswer(how);
  await wait(how.delay);
  return null;
}

export function passage({ faults, broadcast, log, limit, stops }: PassageOptions): MiddlewareHandler<Env> {
  return async (c, next) => {
    const { incoming, outgoing } = c.env;
    const { pathname, search } = new URL(c.req.url);
    const path = pathname + search;
    const entry: LoggedRequest = { method: c.req.method, path, body: await readBody(c) };
    if (path.startsWith('/public/') || path.startsWith('/rails/')) log.add(entry);
    if (!limit.allows(incoming)) {
      entry.status = TOO_MANY.status;
      return new Response(TOO_MANY.body, TOO_MANY);
    }

    const stopsBefore = stops();
    const hits = faults.take(c.req.method, path);
    for (const fault of hits.filter(({ when }) => when !== 'after')) {
      const instead = await suffer(fault, faults, outgoing);
      if (instead !== null || stops() !== stopsBefore) return instead ?? RESPONSE_ALREADY_SENT;
    }
    await broadcast.runRequest(outgoing, next);
    for (const fault of hits.filter(({ when }) => when === 'after')) {
      const instead = await suffer(fault, faults, outgoing);
      if (instead === null) continue;
      // Emptied first: setting a second response would merge the headers of both.
      c.res = undefined;
      c.res = instead;
      break;
    }
    if (c.res !== RESPONSE_ALREADY_SENT) entry.status = c.res.status;
  };
}
