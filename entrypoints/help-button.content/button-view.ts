// Bounds what the background says before it reaches the page's document. By hand: a schema would not fit the budget.
import type { ButtonView } from '@/lib/messaging/commands';

/** A button that is safe to show; null when there is none or when it is not one. */
export function readButton(value: unknown): ButtonView | null {
  const view = (value ?? {}) as ButtonView;
  const cut = (text: unknown, longest: number) => (typeof text === 'string' ? text.slice(0, longest) : '');
  const label = cut(view.label, 40);
  const name = cut(view.name, 120);
  // They become part of a style sheet.
  const areSafe = view.colors && Object.values(view.colors).every((color) => /^#[0-9a-f]{6}$/i.test(color));
  if (!label || !name || !areSafe) return null;
  return {
    ...view,
    label,
    name,
    reloadLabel: cut(view.reloadLabel, 40),
    // '9+' in any script's digits.
    count: cut(view.count, 3),
    panelOpen: view.panelOpen === true,
  };
}
