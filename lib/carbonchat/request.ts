// One HTTP request to the client API: builds it, bounds it in time, and turns every way it can end into an Outcome.
// Must not know what the answers mean, must not retry, and never leaves the installation's origin.

import type { Failure, Outcome } from '@/lib/core/server-types';
import type { Fetch } from '@/lib/platform/types';

export interface RequestOptions {
  installationUrl: string;
  inboxIdentifier: string;
  fetch: Fetch;
  /** Milliseconds until the whole answer, body included, must be there. */
  requestTimeoutMs: number;
}

export interface Call {
  method: 'GET' | 'POST' | 'PATCH';
  /** Segments below the inbox; encoded here. */
  path: readonly (string | number)[];
  query?: string;
  /** Sent as JSON. */
  body?: unknown;
  etag?: string | null;
}

interface Answer {
  status: number;
  etag: string | null;
  text: string;
}

/** A function that makes one call and never throws (contract §2). Throws itself where `installationUrl` is no URL. */
export function createRequest(options: RequestOptions): (call: Call) => Promise<Outcome<Answer>> {
  const { fetch, requestTimeoutMs } = options; // a browser's fetch must not be called as a method of ours
  const { origin } = new URL(options.installationUrl);
  return async (call) => {
    const signal = AbortSignal.timeout(requestTimeoutMs);
    try {
      const url = target(origin, [options.inboxIdentifier, ...call.path], call.query);
      const response = await fetch(url, init(call, signal));
      if (!response.ok) return failed(statusFailure(response.status, await response.text().catch(() => '')));
      const text = await response.text();
      return { ok: true, value: { status: response.status, etag: response.headers.get('etag'), text } };
    } catch {
      return failed({ kind: signal.aborted ? 'timeout' : 'unreachable' });
    }
  };
}

/** The Outcome of a call that failed. */
export function failed(failure: Failure): { ok: false; failure: Failure } {
  return { ok: false, failure };
}

/** The parsed body; undefined where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function target(origin: string, segments: readonly (string | number)[], query?: string): string {
  const url = `${origin}/public/api/v1/inboxes/${segments.map(encodeURIComponent).join('/')}${query ?? ''}`;
  // A segment such as '..' survives the encoding and would climb out of the contact's own paths.
  if (new URL(url).href !== url) throw new TypeError('not a path of the client API');
  return url;
}

function init(call: Call, signal: AbortSignal): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (call.body !== undefined) headers['content-type'] = 'application/json';
  if (call.etag) headers['if-none-match'] = call.etag;
  return {
    method: call.method,
    headers,
    body: call.body === undefined ? null : JSON.stringify(call.body),
    signal,
    cache: 'no-store', // else bodies and addresses with the source id lie in the browser's disk cache
    credentials: 'omit',
    redirect: 'error', // the API never redirects: whoever does is not the server and must not get our secrets
    referrerPolicy: 'no-referrer',
  };
}

/** What a credential, an identity hash or an e-mail address looks like. */
const secrets = /[^\s@]{0,64}@\S*|[\w-]{20,}/g;
/** More than any record of the server has. */
const mostFields = 20;

/** The reason in any of the three JSON error shapes (contract §2); everything that looks like a secret goes. */
function statusFailure(status: number, text: string): Failure {
  const body = Object(parseJson(text)) as { message?: unknown; error?: unknown; attributes?: unknown };
  const reason = body.message ?? body.error;
  const message = typeof reason === 'string' ? reason.replace(secrets, '…').slice(0, 200) : null;
  const named = status === 422 && Array.isArray(body.attributes) ? body.attributes : [];
  return { kind: 'status', status, message, fields: named.filter(isFieldName).slice(0, mostFields) };
}

/** A name of a field and nothing else: whoever answers might put anything there. */
function isFieldName(name: unknown): name is string {
  return typeof name === 'string' && /^[a-z_]{1,40}$/.test(name);
}
