// How large a picture of a message is drawn. Pure.

/** In CSS pixels. */
const most = { width: 236, height: 280 };
/** A strip of a picture would be too small to be seen, or to be hit. */
const least = 44;

export interface Box {
  width: number;
  height: number;
}

/** @returns the picture's own size, or the largest of its shape that fits. */
export function boxOf({ width, height }: Box): Box {
  const scale = Math.min(1, most.width / width, most.height / height);
  const side = (length: number) => Math.max(least, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}

/** Of a picture that nobody has measured. */
export const unknownBox: Box = { width: most.width, height: 177 };
