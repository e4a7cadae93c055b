// Bounds what the background says before it reaches the page's document. By hand: a schema would not fit the budget.
import type { ButtonView } from '@/lib/messaging/commands';

const longestLabel = 40;
const longestName = 120;
// '9+' in any script's digits.
const longestCount = 3;

/** A button that is safe to show; null when there is none or when it is not one. */
export function readButton(value: unknown): ButtonView | null {
  if (typeof value !== 'object' || value === null) return null;
  const { label, name, reloadLabel, count, position, colors, panelOpen } = value as Partial<
    Record<keyof ButtonView, unknown>
  >;
  const { fill, fillHover, fillPressed, onFill } = (colors ?? {}) as Partial<ButtonView['colors']>;
  // They become part of a style sheet.
  const safeColors = [fill, fillHover, fillPressed, onFill].every((color) =>
    /^#[0-9a-f]{6}$/i.test(String(color)),
  );
  if (typeof label !== 'string' || typeof name !== 'string' || !safeColors) return null;
  return {
    label: label.slice(0, longestLabel),
    name: name.slice(0, longestName),
    reloadLabel: typeof reloadLabel === 'string' ? reloadLabel.slice(0, longestLabel) : '',
    count: typeof count === 'string' ? count.slice(0, longestCount) : '',
    position: position === 'bottom-start' ? position : 'bottom-end',
    colors: { fill, fillHover, fillPressed, onFill } as ButtonView['colors'],
    panelOpen: panelOpen === true,
  };
}
