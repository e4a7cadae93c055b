// A client over a fetch that is answered by the test, and remembers what it was asked.

import { createClient } from '@/lib/carbonchat/client';
import type { Identity } from '@/lib/core/types';

export const sourceId = '766a3fed-52c9-4f31-9260-db8e8780bc77';
export const root = 'https://chat.example.com/public/api/v1/inboxes/inbox-1';
export const contactRoot = `${root}/contacts/${sourceId}`;

/** An identity of which nothing is known but its identifier, and `known`. */
export const identity = (known: Partial<Identity> = {}): Identity => ({
  identifier: 'user-1',
  hash: null,
  name: null,
  email: null,
  phoneNumber: null,
  avatarUrl: null,
  customAttributes: {},
  ...known,
});

type Respond = (signal: AbortSignal) => Response | Promise<Response>;

/** Every request is answered by `respond`. */
export function rig(respond: Respond, requestTimeoutMs = 10_000) {
  const requests: { url: string; init: RequestInit }[] = [];
  const problems: string[] = [];
  const client = createClient({
    installationUrl: 'https://chat.example.com/',
    inboxIdentifier: 'inbox-1',
    requestTimeoutMs,
    // Like a browser's: it refuses to be called as somebody's method.
    async fetch(this: unknown, url, init) {
      if (this !== undefined) throw new TypeError('Illegal invocation');
      requests.push({ url, init });
      return respond(init.signal as AbortSignal);
    },
    onProblem: (problem) => problems.push(problem),
  });
  return { client, requests, problems };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });
}

export function page(
  status: number,
  type = 'text/html; charset=UTF-8',
  text = '<!DOCTYPE html><p>Hi',
): Response {
  return new Response(text, { status, headers: { 'content-type': type } });
}

/** A promise that only the end of the request settles, as a fetch that gets no answer does. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}
