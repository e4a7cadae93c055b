// What a page can try by its own means, among its own scripts. Each function stands by itself: it goes as text into the page.

/** Says the commands in every way that a page has, and uses the button by events of its own. What it gained, in words. */
export function speakAndClick(commands: Readonly<Record<string, object>>): string[] {
  const host = document.querySelector<HTMLElement>('carbonchat-help');
  if (!host) return ['no button to try'];
  const channel = new BroadcastChannel('panel');
  for (const [name, command] of Object.entries(commands)) {
    for (const detail of [command, JSON.stringify(command)]) {
      window.postMessage(detail, '*');
      channel.postMessage(detail);
      for (const target of [window, document, host]) {
        for (const event of [name, `carbonchat:${name}`, 'carbonchat', 'message'])
          target.dispatchEvent(new CustomEvent(event, { detail, bubbles: true, composed: true }));
      }
    }
  }
  channel.close();
  const init = { bubbles: true, composed: true, cancelable: true, detail: 1 };
  for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
    host.dispatchEvent(new MouseEvent(type, init));
  for (const type of ['keydown', 'keypress', 'keyup'])
    host.dispatchEvent(new KeyboardEvent(type, { ...init, key: 'Enter' }));
  host.click();
  return host.shadowRoot ? ['the inside of the button'] : [];
}

/** Loads our files as every kind of thing that a page can load. What it gained, in words. */
export async function loadFiles(urls: readonly string[]): Promise<string[]> {
  const loads = (element: HTMLImageElement | HTMLScriptElement | HTMLLinkElement) =>
    new Promise<boolean>((resolve) => {
      element.onload = () => resolve(true);
      element.onerror = () => resolve(false);
      document.body.append(element);
    });
  const got: string[] = [];
  for (const url of urls) {
    const ways = {
      fetch: fetch(url).then(
        () => true,
        () => false,
      ),
      image: loads(Object.assign(new Image(), { src: url })),
      script: loads(Object.assign(document.createElement('script'), { src: url })),
      style: loads(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url })),
    };
    for (const [way, done] of Object.entries(ways)) if (await done) got.push(`${url} by ${way}`);
  }
  return got;
}

/** Puts documents into frames and into windows, and leaves them there. Resolves when the browser has settled each. */
export async function openInFrames(urls: readonly string[]): Promise<void> {
  for (const url of urls) {
    const frame = document.createElement('iframe');
    const settled = new Promise((resolve) => {
      frame.onload = resolve;
      frame.onerror = resolve;
    });
    try {
      document.body.append(Object.assign(frame, { src: url }));
      await settled;
      window.open(url, '_blank', 'popup');
    } catch {} // Firefox throws instead of showing nothing
  }
}
