// What a document shows and keeps. Each function stands by itself: it goes as text into the document.

export const places = [
  'document',
  'scripts',
  'localStorage',
  'sessionStorage',
  'cookies',
  'IndexedDB',
] as const;
export type Place = (typeof places)[number];

/** Everything in a place of this document, as one text. */
export async function readPlace(place: Place): Promise<string> {
  /** Open shadow roots and what stands in fields included. */
  const markup = (root: Element | ShadowRoot): string => {
    const parts = [...root.querySelectorAll<HTMLInputElement>('*')].flatMap(({ value, shadowRoot }) => [
      value,
      shadowRoot ? markup(shadowRoot) : '',
    ]);
    return [root.innerHTML, ...parts].join('\n');
  };
  const done = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const contentOf = async (name: string) => {
    const database = await done(indexedDB.open(name));
    const stores = [...database.objectStoreNames].map((store) => {
      const open = database.transaction(store).objectStore(store);
      return Promise.all([store, done(open.getAllKeys()), done(open.getAll())]);
    });
    const content = JSON.stringify([name, await Promise.all(stores)]);
    database.close();
    return content;
  };
  switch (place) {
    case 'document':
      return `${document.title}\n${markup(document.documentElement)}`;
    case 'scripts': {
      const values = Object.getOwnPropertyNames(window).map((name) => (window as never)[name] as unknown);
      return [...values.filter((value) => typeof value === 'string'), JSON.stringify(history.state)].join(
        '\n',
      );
    }
    case 'localStorage':
    case 'sessionStorage':
      return JSON.stringify({ ...window[place] });
    case 'cookies':
      return document.cookie;
    case 'IndexedDB':
      return (await Promise.all((await indexedDB.databases()).map(({ name = '' }) => contentOf(name)))).join(
        '\n',
      );
  }
}

/** Puts a text into a place of this document, where a leak could be as well. */
export async function leakInto({ place, text }: { place: Place; text: string }): Promise<void> {
  switch (place) {
    case 'document': {
      const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
      root.appendChild(document.createElement('input')).value = text;
      return;
    }
    case 'scripts':
      return void Object.assign(window, { leak: text });
    case 'localStorage':
    case 'sessionStorage':
      return window[place].setItem('leak', text);
    case 'cookies':
      return void Object.assign(document, { cookie: `leak=${text}` });
    case 'IndexedDB':
      return new Promise((resolve, reject) => {
        const opening = indexedDB.open('leak', 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore('leak');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const writing = opening.result.transaction('leak', 'readwrite');
          writing.objectStore('leak').put(text, 'leak');
          writing.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      });
  }
}
