// Notices in a page that something ran, or tried to and was stopped by the page's policy.

export interface Witness {
  /** What hostile texts call. */
  ran: number;
  /** Directives of the policy that were violated. */
  violated: string[];
}

/** Must be called before anything hostile is drawn. */
export function watch(): Witness {
  const witness: Witness = { ran: 0, violated: [] };
  const hit = () => {
    witness.ran++;
  };
  for (const name of ['hit', 'alert', 'confirm', 'prompt', 'print'])
    Object.assign(globalThis, { [name]: hit });
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    witness.violated.push(`${effectiveDirective} ${blockedURI}`),
  );
  return witness;
}
