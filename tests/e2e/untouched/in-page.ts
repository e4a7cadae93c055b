// All that a page can observe of itself. Each function stands by itself: it goes as text into the page.

/** Everything in which an extension's presence could show, without addresses of our own making. */
export function observe() {
  const globals = Object.getOwnPropertyNames(window).sort();
  const isFromScript = (name: string) => {
    const value: unknown = (window as never)[name];
    return typeof value === 'function' && !Function.prototype.toString.call(value).includes('[native code]');
  };
  return {
    markup: document.documentElement.outerHTML,
    globals,
    functionsOfScripts: globals.filter(isFromScript),
    ofDocument: Object.getOwnPropertyNames(document).sort(),
    elementDefined: customElements.get('carbonchat-help') !== undefined,
    styleSheets: document.styleSheets.length + document.adoptedStyleSheets.length,
    requests: performance.getEntriesByType('resource').map(({ name }) => name),
    kept: [...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie],
    frames: window.length,
    // What the page itself wrote down of what happened to it.
    happened: (window as { happened?: string[] }).happened,
  };
}

/** Says who the user is and asks for the panel, in every way that a company's page has. */
export function handOver(user: object): void {
  const events = {
    'set-user': user,
    'set-custom-attributes': { plan: 'probe-plan' },
    toggle: 'open',
    reset: null,
  };
  for (const [name, detail] of Object.entries(events))
    document.dispatchEvent(new CustomEvent(`carbonchat:${name}`, { detail: JSON.stringify(detail) }));
  const block = Object.assign(document.createElement('script'), { type: 'application/json' });
  block.setAttribute('data-carbonchat-user', '');
  block.textContent = JSON.stringify(user);
  document.body.append(block);
}
