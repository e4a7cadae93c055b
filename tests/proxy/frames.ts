// The frames of a WebSocket as a server writes them: unmasked, whole, without extensions. Cuts the bytes of a
// connection into frames and makes text frames. Knows no socket and no Action Cable.

/** Bytes to hand on together: the head of a handshake that was granted, a whole frame, or whatever came otherwise. */
export interface Piece {
  bytes: Buffer;
  kind: 'head' | 'frame' | 'opaque';
}

const SWITCHED = Buffer.from('HTTP/1.1 101');

/** One frame of text, as a server sends it. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  let head: Buffer;
  if (payload.length < 126) {
    head = Buffer.from([0x81, payload.length]);
  } else if (payload.length < 65_536) {
    head = Buffer.from([0x81, 126, 0, 0]);
    head.writeUInt16BE(payload.length, 2);
  } else {
    head = Buffer.from([0x81, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
    head.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  return Buffer.concat([head, payload]);
}

/** The text of a frame that is text and whole; null for a ping, a close, a part of a longer message. */
export function textOf(frame: Buffer): string | null {
  return frame[0] === 0x81 ? frame.toString('utf8', headLength(frame)) : null;
}

/** What one server writes on one connection. Where it answers anything but 101, every byte is handed on as it comes. */
export class ServerBytes {
  #stage: Piece['kind'] = 'head';
  #held: Buffer = Buffer.alloc(0);

  /** Whether the handshake is over, so that a frame may be put in. */
  get isFraming(): boolean {
    return this.#stage === 'frame';
  }

  /** What can be handed on now that `bytes` have come. */
  push(bytes: Buffer): Piece[] {
    this.#held = Buffer.concat([this.#held, bytes]);
    const pieces: Piece[] = [];
    for (let length = this.#next(); length > 0; length = this.#next()) {
      pieces.push({ bytes: this.#held.subarray(0, length), kind: this.#stage });
      this.#held = this.#held.subarray(length);
      if (this.#stage === 'head') this.#stage = 'frame';
    }
    return pieces;
  }

  /** How many of the held bytes go together; 0 when more must come first. */
  #next(): number {
    const { length } = this.#held;
    if (this.#stage === 'head') {
      const compared = Math.min(length, SWITCHED.length);
      if (this.#held.compare(SWITCHED, 0, compared, 0, compared) !== 0) this.#stage = 'opaque';
      else return this.#held.indexOf('\r\n\r\n') < 0 ? 0 : this.#held.indexOf('\r\n\r\n') + 4;
    }
    if (this.#stage === 'opaque') return length;
    const whole = frameLength(this.#held);
    return whole <= length ? whole : 0;
  }
}

function headLength(frame: Buffer): number {
  const [, size = 0] = frame;
  return size === 127 ? 10 : size === 126 ? 4 : 2;
}

/** Infinity while the head itself is not there. */
function frameLength(bytes: Buffer): number {
  const head = headLength(bytes);
  if (bytes.length < head) return Number.POSITIVE_INFINITY;
  if (head === 10) return head + Number(bytes.readBigUInt64BE(2));
  return head + (head === 4 ? bytes.readUInt16BE(2) : (bytes[1] ?? 0));
}
