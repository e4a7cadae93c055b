// Which panel stands in the page: one at a time, of one site and one contact session. Remembers per site, in the page's
// session storage, which session was shown and which conversation was open, and forgets that when somebody else is asking.
import { createPanel, type Panel, type PanelParts } from './panel';
import { linkedKey } from './route-model';

export interface PanelPlaceParts
  extends Omit<PanelParts, 'siteId' | 'sessionId' | 'showSite' | 'showSession' | 'origin' | 'memory'> {
  /** Lives as long as the page (sessionStorage). */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Draws a panel in the place of all that is drawn. */
  draw(panel: Panel): void;
}

export interface PanelPlace {
  /** The one that stands there now. */
  panel(): Panel;
  /** Shows the conversation to which a hash of the page leads, at the site that is shown; any other hash is nobody's. */
  follow(hash: string): void;
  /** What another page needs to go on where this one stands; '' when nothing is known yet. */
  where(): string;
}

const siteKey = 'site';
/** Its item: the id of the session, `/`, and the key of the open conversation, if any. */
const routeKey = (siteId: string) => `route/${siteId}`;

/**
 * @param moved what `where` said in the page that this one takes the place of; '' when there was none.
 * @param hash the page's, which may lead to a conversation: that one is shown, and not what was open before.
 */
export function createPanelPlace(parts: PanelPlaceParts, moved: string, hash = ''): PanelPlace {
  const { storage } = parts;
  let panel: Panel;

  function show(change: Pick<PanelParts, 'siteId' | 'sessionId' | 'origin'>, key: string | null): void {
    panel?.flush();
    panel?.stop();
    panel = createPanel({
      ...parts,
      ...change,
      showSite(siteId) {
        // Wanted where it stands already: who is asking has changed, and nothing of before may come back.
        if (siteId === (siteShown() ?? change.siteId)) storage.removeItem(routeKey(siteId));
        showRemembered(siteId);
      },
      showSession(sessionId) {
        show({ siteId: siteShown(), sessionId, origin: sessionId === null ? 'earlier' : null }, null);
      },
      memory: {
        read: () => key,
        write(siteId, open, sessionId) {
          storage.setItem(siteKey, siteId);
          storage.setItem(routeKey(siteId), `${sessionId}/${open ?? ''}`);
        },
      },
    });
    parts.draw(panel);
  }

  const siteShown = () => panel.state.site.peek()?.siteId ?? null;

  /** Null: the background chooses the site. */
  function showRemembered(siteId: string | null, linked: string | null = null): void {
    const item = siteId && storage.getItem(routeKey(siteId));
    const [sessionId, key] = (item || '').split('/');
    show({ siteId, sessionId: sessionId || null }, linked ?? (key || null));
  }

  const [movedSite, ...movedRoute] = moved.split('/');
  if (movedSite) {
    storage.setItem(siteKey, movedSite);
    storage.setItem(routeKey(movedSite), movedRoute.join('/'));
  }
  showRemembered(storage.getItem(siteKey), linkedKey(hash));

  return {
    panel: () => panel,
    follow(hash) {
      const key = linkedKey(hash);
      if (key !== null && key !== panel.thread.key.peek()) panel.openConversation(key);
    },
    where() {
      const siteId = siteShown();
      return siteId === null ? '' : `${siteId}/${storage.getItem(routeKey(siteId)) ?? ''}`;
    },
  };
}
