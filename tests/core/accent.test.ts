import fc from 'fast-check';
import { expect, it } from 'vitest';
import { accents, contrast, type Theme } from '@/lib/core/accent';

// brand, theme, fill, on, hover, text, edge, own tint, pending: the table of the design, look.md 1.2.
const rows = `
#1f6feb light #1f6feb #ffffff #0b61db #0e62dd #1f6feb #e0ebfe #e8f1fe
#1f6feb dark #1f6feb #ffffff #0b61db #69a2fe #1f6feb #253959 #1e2a3e
#ffd400 light #ffd400 #000000 #ffe68e #7d6701 #af910a #f2ebd2 #f5f0df
#ffd400 dark #ffd400 #000000 #ffe68e #ffd400 #ffd400 #44380c #312a11
#e5484d light #d83b43 #ffffff #c82a36 #c82a36 #d83b43 #fee3e1 #ffebe9
#e5484d dark #d83b43 #ffffff #c82a36 #ff7573 #d83b43 #552b2a #3c2221
#00a884 light #00a884 #000000 #27b692 #02785e #00a884 #d5f2e7 #e1f6ee
#00a884 dark #00a884 #000000 #27b692 #2dba95 #00a884 #0b4334 #133127
#111111 light #111111 #ffffff #080808 #111111 #111111 #dfdfdf #e8e8e8
#111111 dark #111111 #ffffff #080808 #adadad #686868 #414141 #303030`
  .trim()
  .split('\n')
  .map((row) => row.split(' '));

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

it.each(rows)('gives %s in the %s theme the colours of the design', (brand, theme, ...expected) => {
  const { fill, onFill, fillHover, text, edge, ownTint, ownTintPending } = accents(
    brand as string,
    theme as Theme,
  );
  const actual = [fill, onFill, fillHover, text, edge, ownTint, ownTintPending];
  for (const [index, hex] of expected.entries()) {
    const distance = channels(hex).map((value, at) =>
      Math.abs(value - (channels(actual[index] as string)[at] as number)),
    );
    expect(Math.max(...distance), `${actual[index]} for ${hex}`).toBeLessThanOrEqual(2);
  }
});

it('darkens a brand by 0.07 at most for the sake of white words, else the words are black', () => {
  expect(accents('#008ef1', 'light')).toMatchObject({ fill: '#0179ce', onFill: '#ffffff' });
  expect(accents('#008ff4', 'light')).toMatchObject({ fill: '#008ff4', onFill: '#000000' });
});

it('leaves a colour at the edge of what screens show as strong as it was', () => {
  expect(accents('#0000ff', 'light').fillHover).toBe('#0002de');
});

it('keeps every accent readable whatever the brand colour', () => {
  const surfaces = {
    light: ['#ffffff', '#f1f2f4', '#e9ebee'],
    dark: ['#1c1d20', '#2a2c31', '#303238', '#27292e'],
  };
  const text = { light: '#1b1d21', dark: '#eceef1' };
  const text2 = { light: '#585d67', dark: '#abb0ba' };
  const brand = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(brand, fc.constantFrom<Theme>('light', 'dark'), (colour, theme) => {
      const made = accents(colour, theme);
      expect(contrast(made.onFill, made.fill)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(made.onFill, made.fillHover)).toBeGreaterThanOrEqual(5.2);
      expect(contrast(made.onFill, made.fillPressed)).toBeGreaterThanOrEqual(5.2);
      for (const surface of [...surfaces[theme], made.ownTint])
        expect(contrast(made.text, surface)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(made.edge, surfaces[theme][0] as string)).toBeGreaterThanOrEqual(3);
      for (const tint of [made.ownTint, made.ownTintPending]) {
        expect(contrast(text[theme], tint)).toBeGreaterThanOrEqual(8.5);
        expect(contrast(text2[theme], tint)).toBeGreaterThanOrEqual(4.5);
      }
    }),
    { numRuns: 300 },
  );
});
