// The package has types, but does not name them where TypeScript looks for them.
declare module 'dom-accessibility-api' {
  /** The name that a screen reader says, https://w3c.github.io/accname/. */
  export function computeAccessibleName(element: Element): string;
}
