// The seven accent colours of panel and Help button, computed from the company's one colour.
// Colour maths only: no DOM, no import, nothing remembered.

export type Theme = 'light' | 'dark';

/** All as #rrggbb. */
export interface Accents {
  fill: string;
  onFill: string;
  fillHover: string;
  fillPressed: string;
  /** Links, text buttons, focus ring. */
  text: string;
  /** Inner border of filled controls. */
  edge: string;
  /** Ground of own bubbles. */
  ownTint: string;
  ownTintPending: string;
}

/** Lightness 0-1, chroma, hue in radians. */
interface Oklch {
  l: number;
  c: number;
  h: number;
}
type Linear = [number, number, number];

const step = 0.005;
const readable = 4.5;
const visible = 3;
/** Surfaces that accent text may stand on, besides the own tint: canvas, bubble, press, raised. */
const surfaces = {
  light: ['#ffffff', '#f1f2f4', '#e9ebee', '#ffffff'],
  dark: ['#1c1d20', '#2a2c31', '#303238', '#27292e'],
} as const;
const tints = {
  light: { own: [0.938, 0.034, 0.905], pending: [0.955, 0.024, 0.93] },
  dark: { own: [0.345, 0.062, 0.375], pending: [0.285, 0.04, 0.31] },
} as const;

/**
 * The accent colours for one theme.
 * @param brand the company's colour as #rrggbb
 */
export function accents(brand: string, theme: Theme): Accents {
  const origin = toOklch(brand);
  const [fill, onFill] = fillFor(brand, origin);
  const shift = onFill === '#ffffff' ? -0.045 : 0.045;
  const hovered = (steps: number) => {
    const base = toOklch(fill);
    return toHex({ ...base, l: Math.min(0.985, Math.max(0.05, base.l + shift * steps)) });
  };
  const tint = ([l, most, grey]: readonly [number, number, number]) =>
    toHex(origin.c < 0.03 ? { ...origin, l: grey } : { ...origin, l, c: Math.min(origin.c, most) });
  const ownTint = tint(tints[theme].own);
  const away = theme === 'light' ? -step : step;
  return {
    fill,
    onFill,
    fillHover: hovered(1),
    fillPressed: hovered(2),
    text: stepUntil(brand, away, (hex) =>
      [...surfaces[theme], ownTint].every((surface) => contrast(hex, surface) >= readable),
    ),
    edge: stepUntil(fill, away, (hex) => contrast(hex, surfaces[theme][0]) >= visible),
    ownTint,
    ownTintPending: tint(tints[theme].pending),
  };
}

/** WCAG 2 contrast ratio of two #rrggbb colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function fillFor(brand: string, origin: Oklch): [string, string] {
  for (let darker = 0; darker <= 14; darker++) {
    const hex = darker === 0 ? brand : toHex({ ...origin, l: origin.l - darker * step });
    if (contrast(hex, '#ffffff') >= readable) return [hex, '#ffffff'];
  }
  return [brand, '#000000'];
}

function stepUntil(start: string, by: number, enough: (hex: string) => boolean): string {
  const from = toOklch(start);
  let hex = start;
  for (let steps = 1; steps <= 1 / step && !enough(hex); steps++) {
    hex = toHex({ ...from, l: Math.min(1, Math.max(0, from.l + by * steps)) });
  }
  return hex;
}

function luminance(hex: string): number {
  const [r, g, b] = linearOf(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function linearOf(hex: string): Linear {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function toOklch(hex: string): Oklch {
  const [r, g, b] = linearOf(hex);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    h: Math.atan2(bb, a),
  };
}

function toLinear({ l, c, h }: Oklch): Linear {
  const a = c * Math.cos(h);
  const b = c * Math.sin(h);
  const x = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const y = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const z = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ];
}

/** Keeps lightness and hue; lowers chroma in steps of 0.002 (as the design's table does) until sRGB holds it. */
function toHex(colour: Oklch): string {
  const fits = (linear: Linear) => linear.every((value) => value >= -1e-4 && value <= 1.0001);
  let { c } = colour;
  while (c > 0 && !fits(toLinear({ ...colour, c }))) c = Math.max(0, c - 0.002);
  const channel = (value: number) => {
    const v = Math.min(1, Math.max(0, value));
    const encoded = v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${toLinear({ ...colour, c })
    .map(channel)
    .join('')}`;
}
