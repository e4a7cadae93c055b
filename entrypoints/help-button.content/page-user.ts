// What the page says of its user: reads the identity block, hears the page's events, and passes the words on as they are,
// the newest only and each once. Judges no more than their length: the background parses them, as nobody's word.
import { askBackground } from '@/lib/platform/webext-content';
import { tellPage } from './page-events';

/** Characters of one word; the background takes no more. */
const longest = 8192;
/** Between two words, and between two looks at a busy page, in ms. */
const pause = 250;
/** After a word that was not answered however often it was said. */
const pauseAfterSilence = 5000;

const block = 'script[type="application/json"][data-carbonchat-user]';

/** JSON texts; user null: nobody is signed in. Attributes are of that user. */
interface Words {
  user?: string | undefined;
  attributes?: string;
}

/**
 * Listens from now on. `onSaid` hears of each word whether the background took it. Returns what to call when the tab comes
 * back: says what was not answered; `anew`: everything, as another page may have spoken meanwhile.
 */
export function listenToPage(onSaid: (taken: boolean) => void): (anew: boolean) => void {
  // What the page said last, and what of it the background knows.
  let said: Words = {};
  let known: Words = {};
  let blockText: string | undefined;
  let busy = false;
  let nextAt = 0;

  const hear = (key: keyof Words, text: unknown) => {
    if (typeof text !== 'string') return;
    if (text.length > longest) return tellPage('error');
    // Attributes are of the user before them.
    if (text !== said[key]) said = { ...(key === 'attributes' && said), [key]: text };
    goOn();
  };
  const look = () => {
    const text = document.querySelector(block)?.textContent?.trim();
    if (text === blockText) return;
    blockText = text;
    if (text) hear('user', text);
  };
  const goOn = () => {
    if (!busy) setTimeout(speak, Math.max(0, nextAt - performance.now()));
    busy = true;
  };
  const speak = async () => {
    look();
    const now = said;
    const isUser = now.user !== known.user;
    const isNew = isUser || (now.attributes && now.attributes !== known.attributes);
    const word = isUser
      ? { type: 'user.say', user: now.user === 'null' ? null : now.user }
      : { type: 'user.attributes', attributes: now.attributes };
    const answer = isNew && ((await askBackground(word, 3)) as { ok?: unknown } | undefined);
    busy = false;
    nextAt = performance.now() + (isNew && !answer ? pauseAfterSilence : pause);
    if (!answer) return;
    known = isUser ? { user: now.user } : now;
    onSaid(answer.ok === true);
    goOn();
  };

  const onPage = (name: string, key: keyof Words, fixed?: string) =>
    document.addEventListener(`carbonchat:${name}`, (event) => {
      // What stands in the page by now was said before.
      look();
      hear(key, fixed ?? (event as CustomEvent).detail);
    });
  onPage('set-user', 'user');
  onPage('reset', 'user', 'null');
  onPage('set-custom-attributes', 'attributes');
  new MutationObserver(goOn).observe(document, { childList: true, subtree: true, characterData: true });
  goOn();

  return (anew) => {
    if (anew) known = {};
    goOn();
  };
}
