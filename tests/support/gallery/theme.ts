// Shows the page light or dark, whatever the browser prefers: for looking at both beside each other.

const asked = '(prefers-color-scheme: dark)';

/** @param theme null: as the browser prefers. */
export function forceTheme(theme: string | null): void {
  if (theme !== 'light' && theme !== 'dark') return;
  const isDark = theme === 'dark';
  const match = globalThis.matchMedia.bind(globalThis);
  globalThis.matchMedia = (query) => match(query === asked ? (isDark ? 'all' : 'not all') : query);
  document.documentElement.style.colorScheme = theme;
  for (const sheet of document.styleSheets) rewrite(sheet.cssRules, isDark);
}

function rewrite(rules: CSSRuleList, isDark: boolean): void {
  for (const rule of rules) {
    if (rule instanceof CSSMediaRule && rule.media.mediaText === asked)
      rule.media.mediaText = isDark ? 'all' : 'not all';
    if (rule instanceof CSSImportRule && rule.styleSheet) rewrite(rule.styleSheet.cssRules, isDark);
    else if ('cssRules' in rule) rewrite(rule.cssRules as CSSRuleList, isDark);
  }
}
