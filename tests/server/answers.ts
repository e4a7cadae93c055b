// Owns how answers look on the wire: headers, ETags, CORS, empty bodies, errors (contract §2, recorded headers).
// Must not know any endpoint.

import { createHash } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { Problem } from './problems';

export type Env = { Bindings: HttpBindings };
type Ctx = Context<Env>;

const SECURITY = {
  'x-frame-options': 'SAMEORIGIN',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
};

/** 200 with a weak ETag; a conditional GET that matches is 304 without a body. */
export function answerJson(c: Ctx, value: unknown): Response {
  const text = JSON.stringify(value);
  const etag = `W/"${createHash('md5').update(text).digest('hex')}"`;
  const headers = { ...SECURITY, etag, 'cache-control': 'max-age=0, private, must-revalidate' };
  if (c.req.method === 'GET' && c.req.header('if-none-match') === etag) return c.body(null, 304, headers);
  return c.body(text, 200, { ...headers, 'content-type': 'application/json; charset=utf-8' });
}

/** 200 with no body, as typing and last-seen answer. */
export function answerNothing(c: Ctx): Response {
  return c.body('', 200, { ...SECURITY, 'cache-control': 'no-cache', 'content-type': 'application/json' });
}

/** An unrouted path: the static page. */
export function answerUnrouted(c: Ctx): Response {
  const page =
    '<!DOCTYPE html>\n<html lang="en"><head><title>Page not found</title></head><body><h1>404</h1></body></html>\n';
  return c.body(page, 404, { 'content-type': 'text/html; charset=UTF-8' });
}

export function answerError(error: Error, c: Ctx): Response {
  if (!(error instanceof Problem)) throw error;
  if (error.body === null) return c.body('', error.status, { 'content-type': 'text/html; charset=UTF-8' });
  const headers = error.fromController
    ? { ...SECURITY, 'cache-control': 'no-cache', 'content-type': 'application/json; charset=utf-8' }
    : { 'content-type': 'application/json; charset=UTF-8' };
  return c.body(JSON.stringify(error.body), error.status, headers);
}

/** Any origin may call the client API; headers only when an origin asks. Elsewhere a preflight is a bare 200. */
export const cors: MiddlewareHandler<Env> = async (c, next) => {
  const isPreflight =
    c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined;
  const covered = c.req.path.startsWith('/public/api/');
  if (!isPreflight) await next();
  else c.res = c.body('', 200);
  if (!covered) return;
  if (!isPreflight) c.res.headers.set('vary', 'Origin');
  if (c.req.header('origin') === undefined) return;
  c.res.headers.set('access-control-allow-origin', '*');
  c.res.headers.set('access-control-allow-methods', 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS');
  c.res.headers.set('access-control-expose-headers', '');
  c.res.headers.set('access-control-max-age', '7200');
  const asked = c.req.header('access-control-request-headers');
  if (isPreflight && asked !== undefined) c.res.headers.set('access-control-allow-headers', asked);
};
