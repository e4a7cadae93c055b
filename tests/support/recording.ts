// The recording of a real installation: every request with its answer, and every socket frame by frame.
// Reads the repository's own copy, for a clone may stand alone. Decides nothing; the in-memory server must not use it.
import { readFileSync } from 'node:fs';

/** The copy in the repository; `npm test` compares it with the shared one where that stands beside the checkout. */
const copy = new URL('../fixtures/recording.json', import.meta.url);

export interface Recording {
  meta: RecordedMeta;
  /** In the order of `n`, which counts from 1. */
  http: HttpExchange[];
  cable: RecordedSocket[];
  /** Both, merged by time and shortened. */
  timeline: TimelineEntry[];
}

export interface RecordedMeta {
  what: string;
  /** ISO 8601; every `t_ms` counts from here. */
  recorded_at: string;
  ids: {
    account_id: number;
    bot: { id: number; name: string; access_token: string };
    users: {
      id: number;
      name: string;
      email: string;
      role: string;
      api_access_token: string;
      pubsub_token: string;
    }[];
    inboxes: {
      inbox_id: number;
      name: string;
      identifier: string;
      hmac_token: string;
      hmac_mandatory: boolean;
    }[];
  };
  notes: string[];
  paging: { what: string; ids: number[] };
}

export interface HttpExchange {
  n: number;
  name: string;
  t_ms: number;
  took_ms: number;
  /** Made in a second session, after the first one had ended. */
  later_session?: boolean;
  request: {
    method: string;
    /** With its query. */
    path: string;
    headers: Record<string, string | number>;
    /** Parsed where it was JSON, else the text; a description of the parts for multipart. */
    body: unknown;
  };
  response: {
    status: number;
    status_message: string;
    /** As the server spelled them: names are to be compared without case. */
    headers: Record<string, string>;
    body_bytes: number;
    body_is_json: boolean;
    /** Parsed where `body_is_json`, else the text. */
    body: unknown;
  };
}

export interface RecordedSocket {
  name: string;
  url: string;
  request: {
    origin: string | null;
    subprotocols: string[];
    headers: Record<string, string>;
    sent_headers?: Record<string, string | number>;
  };
  /** Null where no answer to the handshake was recorded; `body` where it was refused. */
  handshake: { status: number; headers: Record<string, string>; body?: string } | null;
  events: SocketEvent[];
  pings_not_listed?: number;
}

/** `t_ms` is on the clock of `HttpExchange.t_ms`. */
export type SocketEvent =
  | { t_ms: number; dir: 'open'; subprotocol: string }
  | { t_ms: number; dir: 'in'; raw: string; raw_cut?: boolean; raw_bytes?: number }
  | { t_ms: number; dir: 'out'; raw: string }
  | { t_ms: number; dir: 'note'; text: string }
  | { t_ms: number; dir: 'error'; message: string }
  | { t_ms: number; dir: 'close'; code: number; reason: string };

export type TimelineEntry = { t_ms: number } & (
  | { kind: 'http'; n: number; name: string; method: string; path: string; status: number }
  | { kind: string; conn: string; what: string }
  | { kind: string; conn: string; code: number }
  | { kind: string; text: string }
);

/** A fresh copy of the recording at every call. */
export function readRecording(): Recording {
  return JSON.parse(readFileSync(copy, 'utf8')) as Recording;
}
