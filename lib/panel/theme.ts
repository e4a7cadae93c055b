// Gives the panel's page the accent colours of the company, for the browser's light or dark theme.
// Through CSSOM only: the content security policy forbids style attributes.
import { useLayoutEffect, useState } from 'preact/hooks';
import { accents } from '@/lib/core/accent';

const names = {
  fill: '--fill',
  onFill: '--on-fill',
  fillHover: '--fill-hover',
  fillPressed: '--fill-pressed',
  text: '--accent',
  edge: '--edge',
  ownTint: '--own',
  ownTintPending: '--own-pending',
} as const;

/** @param color the company's colour as #rrggbb; null while it is not known: the neutral defaults stay. */
export function useAccents(color: string | null): void {
  const [dark] = useState(() => matchMedia('(prefers-color-scheme: dark)'));
  const [isDark, setDark] = useState(dark.matches);
  useLayoutEffect(() => {
    const changed = () => setDark(dark.matches);
    dark.addEventListener('change', changed);
    return () => dark.removeEventListener('change', changed);
  }, [dark]);
  useLayoutEffect(() => {
    if (color === null) return;
    const made = accents(color, isDark ? 'dark' : 'light');
    for (const [accent, property] of Object.entries(names))
      document.documentElement.style.setProperty(property, made[accent as keyof typeof names]);
  }, [color, isDark]);
}
