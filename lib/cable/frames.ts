// The frames of the Action Cable protocol `actioncable-v1-json` (contract §5.2, §5.3): text in, verdict out.
// Pure. Knows neither sockets nor time, and never throws on what a server sends.

/** The sub-protocols to offer, in the order of the contract (§5.1). */
export const offeredProtocols: readonly string[] = ['actioncable-v1-json', 'actioncable-unsupported'];

/** One frame from the server. 'unknown' covers everything malformed and every type that is not listed. */
export type Frame =
  | { type: 'welcome' }
  | { type: 'ping' }
  | { type: 'confirm'; identifier: string }
  | { type: 'reject'; identifier: string }
  | { type: 'disconnect'; reconnect: boolean }
  | { type: 'message'; identifier: string; message: unknown }
  | { type: 'unknown' };

/** Whether the cable can talk over the sub-protocol that the server chose; '' means that it chose none. */
export function speaks(protocol: string): boolean {
  return protocol === '' || protocol === 'actioncable-v1-json';
}

/** Reads one frame from the server (contract §5.2). Anything else is 'unknown'; never throws. */
export function receive(text: string): Frame {
  const { type, identifier, message, reconnect } = parseObject(text);
  if (type === 'welcome' || type === 'ping') return { type };
  // Only an outspoken false forbids coming back: a frame without the field is an older server's.
  if (type === 'disconnect') return { type, reconnect: reconnect !== false };
  if (typeof identifier !== 'string') return { type: 'unknown' };
  if (type === 'confirm_subscription') return { type: 'confirm', identifier };
  if (type === 'reject_subscription') return { type: 'reject', identifier };
  if (type === undefined && message !== undefined) return { type: 'message', identifier, message };
  return { type: 'unknown' };
}

/** The subscribe command (contract §5.3). `identifier` goes out as it is, a string inside JSON. */
export function subscribe(identifier: string): string {
  return JSON.stringify({ command: 'subscribe', identifier });
}

/** The command that performs `action` on the subscription (contract §5.3). `data` is JSON inside JSON. */
export function perform(identifier: string, action: string): string {
  return JSON.stringify({ command: 'message', identifier, data: JSON.stringify({ action }) });
}

function parseObject(text: string): Record<string, unknown> {
  try {
    // `?? {}` for the text "null"; numbers, strings and arrays simply have none of the keys.
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
