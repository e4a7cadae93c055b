// Owns the playing of the recording: every request and every step of every socket in the recorded order, against a
// server of its own on the same clock. Must not judge what comes back.

import type { CarbonChatServer } from '../server/server';
import type { HttpExchange, Recording } from '../support/recording';
import { compareAndLearn, type Difference } from './compare';
import { Correspondence } from './correspondence';
import { createDisguise } from './disguise';
import { startDisguised } from './disguised-server';
import { interventionsOf } from './interventions';
import { OurSocket } from './our-socket';
import { type OurAnswer, Requests, send } from './requests';

export type Played = {
  known: Correspondence;
  /** By `n`. */
  answers: Map<number, OurAnswer>;
  /** What was of another shape when it came, by `n`: then ids and secrets were new. */
  firstLook: Map<number, Difference[]>;
  /** In the order of the recorded sockets. */
  sockets: Pick<OurSocket, 'frames' | 'pings' | 'handshake' | 'closeCode'>[];
};
/** What happens at one moment of the recording, in ms on its clock. */
export type Step = { at: number; run: () => Promise<unknown> };

/** Plays the whole recording and stops the server. Rejects when a request got no answer at all. */
export async function play(recording: Recording): Promise<Played> {
  const known = new Correspondence((Date.now() - Date.parse(recording.meta.recorded_at)) / 1000);
  const requests = new Requests(known, createDisguise(), recording.meta);
  const server = await startDisguised(recording, known, (text) => requests.say(text));
  const answers = new Map<number, OurAnswer>();
  const firstLook = new Map<number, Difference[]>();
  const sockets: OurSocket[] = [];
  let now = 0;

  const exchange = async ({ n, request, response, later_session }: HttpExchange) => {
    const answer = await send(server.url, requests.translate(request));
    answers.set(n, answer);
    // Learned at once, for the next request needs the ids and secrets of this answer; and only now they are new.
    if (response.body_is_json && /json/.test(answer.headers['content-type'] ?? '')) {
      const isOnClock = later_session !== true;
      const body = JSON.parse(String(answer.bytes));
      const found = compareAndLearn(response.body, body, known, { where: 'body, at first', isOnClock });
      firstLook.set(
        n,
        found.filter(({ kind }) => kind === 'shape'),
      );
    }
    for (const name of ['etag', 'location']) {
      const recorded = Object.entries(response.headers).find(([key]) => key.toLowerCase() === name)?.[1];
      const ours = answer.headers[name];
      if (typeof recorded !== 'string' || typeof ours !== 'string') continue;
      const path = (text: string) => (name === 'location' ? new URL(text, server.url).pathname : text);
      known.pairStrings(path(recorded), path(ours));
    }
  };
  const steps = [
    ...exchangesOf(recording, exchange),
    ...socketsOf(recording, server, sockets, requests, () => now),
    ...interventionsOf(recording, server, requests),
  ].sort((a, b) => a.at - b.at);

  const begun = performance.now();
  let passed = 0;
  for (const { at, run } of steps) {
    const ahead = at - passed - (performance.now() - begun);
    // Agents would seem to have gone.
    if (ahead < -10_000) throw new Error('this machine plays slower than the recording was made');
    if (ahead > 0) {
      server.control.passTime({ ms: ahead });
      passed += ahead;
    }
    now = at;
    await run();
    await Promise.all(sockets.map((socket) => socket.settle()));
  }
  await Promise.all(sockets.map((socket) => socket.close()));
  await server.close();
  return { known, answers, firstLook, sockets };
}

/** The listed requests; those of the same moment together. */
function exchangesOf({ http }: Recording, exchange: (one: HttpExchange) => Promise<void>): Step[] {
  const moments = new Map<number, HttpExchange[]>();
  for (const one of http) moments.set(one.t_ms, [...(moments.get(one.t_ms) ?? []), one]);
  return [...moments].map(([at, together]) => ({ at, run: () => Promise.all(together.map(exchange)) }));
}

/** Opening, commands and closing of the sockets. What the server ends is not ended by us. */
function socketsOf(
  { cable }: Recording,
  server: CarbonChatServer,
  sockets: OurSocket[],
  requests: Requests,
  now: () => number,
): Step[] {
  return cable.flatMap((recorded, index) => {
    const steps: Step[] = [];
    const opened = recorded.events[0]?.t_ms ?? 0;
    const { origin, subprotocols, headers, sent_headers = {} } = recorded.request;
    const open = async () => {
      const socket = new OurSocket(server.url + new URL(recorded.url).pathname, {
        subprotocols,
        headers: { ...headers, ...(origin !== null && { origin }) },
        deflate: 'sec-websocket-extensions' in sent_headers,
        now,
      });
      sockets[index] = socket;
      await socket.ready();
    };
    steps.push({ at: opened, run: open });
    for (const event of recorded.events) {
      if (event.dir === 'out')
        steps.push({
          at: event.t_ms,
          run: async () => sockets[index]?.send(requests.translateCommand(event.raw)),
        });
      const byServer = recorded.events.some((other) => other.dir === 'in' && /"disconnect"/.test(other.raw));
      if (event.dir === 'close' && event.code === 1000 && !byServer)
        steps.push({ at: event.t_ms, run: async () => sockets[index]?.close() });
    }
    return steps;
  });
}
