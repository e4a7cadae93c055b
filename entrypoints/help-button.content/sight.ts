// Whether a person can really see the button, so that a page cannot have it pressed unseen: covered, transparent, tiny.
// Chromium itself tells what is covered; for Firefox there is only what a script can measure (docs/security.md).

/** What TypeScript does not know of IntersectionObserver yet. */
type Seeing = IntersectionObserverEntry & { isVisible?: boolean };
const withVisibility = { trackVisibility: true, delay: 100 } as IntersectionObserverInit;

export interface Sight {
  /** Forgets what was known: it was we who hid or showed the button. */
  renew(): void;
  /** Acts if the button can be seen: at once, or when the browser has first looked at it. */
  ifSeen(act: () => void): void;
}

/** Watches `face`, all that a person reads of the button, in the page's element `host`. */
export function watchSight(host: Element, face: Element): Sight {
  let seen: boolean | null = null;
  let wanted: (() => void) | null = null;
  const look = (entries: Seeing[]) => {
    const newest = entries.at(-1);
    if (newest) seen = newest.isVisible ?? true;
    if (seen === null) return;
    if (seen && isPlain(host)) wanted?.();
    wanted = null;
  };
  const observer = new IntersectionObserver(look, withVisibility);
  return {
    renew() {
      seen = null;
      observer.unobserve(face);
      observer.observe(face);
    },
    ifSeen(act) {
      wanted = act;
      look(observer.takeRecords());
    },
  };
}

/** Where we put it, of half its height at least, on top for the mouse, and not transparent. */
function isPlain(host: Element): boolean {
  const root = document.documentElement;
  const { opacity, filter } = getComputedStyle(root);
  const { left, top, width, height } = host.getBoundingClientRect();
  return (
    host.parentNode === root &&
    Number(opacity) >= 0.5 &&
    !filter.includes('opacity') &&
    height >= 20 &&
    document.elementFromPoint(left + width / 2, top + height / 2) === host
  );
}
