// Owns finding width and height in the first bytes of an image, as the installation's analysis job does.
// Must not decode pixels.

export type ImageSize = { width: number; height: number };

/** The frame header of a JPEG, found by walking its segments. */
function sizeOfJpeg(view: DataView): ImageSize | null {
  for (let at = 2; at + 9 <= view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    // Start of frame: C0 to CF without C4 (tables), C8 (reserved) and CC (coding).
    if (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker))
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return null;
}

/** Pixels of a PNG, GIF or JPEG; null for anything else, also for a broken one. */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 24 && view.getUint32(0) === 0x89504e47)
    return { width: view.getUint32(16), height: view.getUint32(20) };
  if (bytes.length >= 10 && view.getUint32(0) === 0x47494638)
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (bytes.length >= 4 && view.getUint16(0) === 0xffd8) return sizeOfJpeg(view);
  return null;
}
