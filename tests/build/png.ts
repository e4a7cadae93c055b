// Reads the PNG files that the build draws: 8 bits each of red, green, blue and opacity. A reader of its own, so that the
// library that drew them does not judge them.
import { inflateSync } from 'node:zlib';

export interface Png {
  width: number;
  height: number;
  /** Red, green, blue and opacity, 0 to 255. */
  at(x: number, y: number): number[];
}

/** Throws when the file is a PNG of another kind. */
export function readPng(file: Uint8Array): Png {
  const bytes = Buffer.from(file);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (bytes[24] !== 8 || bytes[25] !== 6) throw new Error('not a PNG of 8 bits with opacity');
  const rows = unfilter(inflateSync(imageData(bytes)), width * 4, height);
  return { width, height, at: (x, y) => [...(rows[y] ?? []).slice(x * 4, x * 4 + 4)] };
}

function imageData(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at) + 12) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + length));
  }
  return Buffer.concat(parts);
}

// Each row is written as what differs from its left (a), upper (b) and upper left (c) neighbour.
function unfilter(data: Buffer, width: number, height: number): Uint8Array[] {
  const rows: Uint8Array[] = [];
  for (let y = 0; y < height; y++) {
    const [kind = 0, ...written] = data.subarray(y * (width + 1), (y + 1) * (width + 1));
    const [row, above] = [new Uint8Array(width), rows[y - 1] ?? new Uint8Array(width)];
    written.forEach((byte, x) => {
      const [a, b, c] = [row[x - 4] ?? 0, above[x] ?? 0, above[x - 4] ?? 0];
      row[x] = byte + ([0, a, b, (a + b) >> 1, nearest(a, b, c)][kind] ?? 0);
    });
    rows.push(row);
  }
  return rows;
}

function nearest(a: number, b: number, c: number): number {
  const [toA, toB, toC] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  if (toA <= toB && toA <= toC) return a;
  return toB <= toC ? b : c;
}
