// The company's icon in all the sizes that browsers ask for, made from one picture. Part of the build alone: nothing of
// it is in the extension.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** In pixels, as public/icon has them. */
export const iconSizes = [16, 32, 48, 96, 128];

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

let ready: Promise<void> | undefined;

/**
 * The PNG file of each size, drawn from an SVG or PNG file. Throws an error that begins with `icon:` when the file cannot
 * be read, is no such picture, is not square, or would be drawn without its words or not at all.
 */
export async function brandIcons(path: string): Promise<Map<number, Uint8Array>> {
  const svg = asSvg(read(path));
  ready ??= initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
  await ready;
  const drawing = drawingOf(svg);
  const { width, height } = drawing;
  if (width !== height) throw new Error(`icon: must be square, and is ${width} by ${height}`);
  // Every fourth byte says how much of a pixel is seen. A PNG that is broken and a linked picture draw nothing.
  if (!drawing.render().pixels.some((byte, index) => index % 4 === 3 && byte > 0))
    throw new Error('icon: nothing of it can be drawn; is the file whole, and are its pictures within it?');
  return new Map(iconSizes.map((size) => [size, drawingOf(svg, size).render().asPng()]));
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new Error(`icon: ${path} cannot be read`);
  }
}

/** A PNG becomes the one thing in a drawing of its own size. */
function asSvg(bytes: Buffer): string {
  if (!bytes.subarray(0, 8).equals(pngSignature)) return withoutWords(bytes.toString());
  if (bytes.length < 24) throw notAPicture();
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const href = `data:image/png;base64,${bytes.toString('base64')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${href}"/></svg>`;
}

/** There are no fonts here: words would silently be missing. */
function withoutWords(svg: string): string {
  if (/<(\w+:)?text[\s>]/.test(svg)) throw new Error('icon: has words as text; convert them to paths');
  return svg;
}

function notAPicture(): Error {
  return new Error('icon: must be an SVG or PNG file');
}

/** In its own size, or as wide as `width` in pixels. */
function drawingOf(svg: string, width?: number): InstanceType<typeof Resvg> {
  try {
    return new Resvg(svg, width === undefined ? {} : { fitTo: { mode: 'width', value: width } });
  } catch {
    throw notAPicture();
  }
}
