// The names under which things stand in chrome.storage. Constants only.

/** Before the keys of every session: `session/<id>/…`. */
export const root = 'session/';

/** Where stands which sessions a site has. */
export const siteKey = (siteId: string) => `site/${siteId}`;

/** Before the key of an item that could not be read. */
export const asideRoot = 'aside/';

/** The contact of a session, whose id it captures. */
export const contactKey = /^session\/([^/]+)\/contact$/;

/** The id of a session in any key of it, set aside or not. */
export const anyKey = /^(?:aside\/)?session\/([^/]+)\//;
