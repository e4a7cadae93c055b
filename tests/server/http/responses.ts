// Owns how answers look on the wire: headers, ETags, CORS, empty bodies, errors (contract §2, recorded headers).
// Must not know any endpoint.

import { createHash } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { notFound, Problem, serverError } from '../actions/problems';

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

/** A redirect to a path of this installation, to be kept for five minutes. */
export function answerRedirect(c: Ctx, path: string): Response {
  return c.body('', 302, {
    ...SECURITY,
    location: new URL(path, c.req.url).href,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'max-age=300, private',
  });
}

/** The bytes of a stored file. */
export function answerFile(c: Ctx, bytes: Uint8Array, type: string, disposition: string): Response {
  return c.body(new Uint8Array(bytes), 200, {
    ...SECURITY,
    'content-type': type,
    'content-disposition': disposition,
    'cache-control': 'max-age=0, private, must-revalidate',
  });
}

/** A file address that is forged, over, or of a file that was deleted: 404 without a body. */
export function answerGone(c: Ctx): Response {
  return c.body('', 404, { ...SECURITY, 'cache-control': 'no-cache', 'content-type': 'text/html' });
}

/** The cable asked for as if it was a page. */
export function answerCable(c: Ctx): Response {
  return c.body('Page not found', 404, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-cache',
  });
}

/** What a client over the request limit gets, over HTTP and at the cable's door; no `Retry-After` (§2). */
export const TOO_MANY = {
  status: 429,
  headers: { 'content-type': 'text/plain', 'cache-control': 'no-cache' },
  body: 'Retry later\n',
};

/** The static page of an unrouted path, also at the cable's door. */
export const UNROUTED = {
  status: 404,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body: '<!DOCTYPE html>\n<html lang="en"><head><title>Page not found</title></head><body><h1>404</h1></body></html>\n',
};

/** An unrouted path: the page, or JSON for who takes nothing else (§2). */
export function answerUnrouted(c: Ctx): Response {
  if (c.req.header('accept') === 'application/json') return answerProblem(notFound(), c);
  return new Response(UNROUTED.body, UNROUTED);
}

/** Problems are answered as they say; anything else is a fault of ours, noted, and a plain 500 as any crash there. */
export function answerError(error: Error, c: Ctx): Response {
  if (error instanceof Problem) return answerProblem(error, c);
  console.error(error);
  return answerProblem(serverError(), c);
}

function answerProblem(error: Problem, c: Ctx): Response {
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
  else c.res = c.body(null, 200);
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
