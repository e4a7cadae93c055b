// Types of window.$carbonchat, which carbonchat-page.js gives a page, and of the events that the support panel fires in
// it: docs/host-page.md. Put this file among your sources.

/** All fields are optional and are bounded as docs/host-page.md says. */
interface CarbonChatUser {
  name?: string | null;
  email?: string | null;
  /** E.164: +14155550100. */
  phone_number?: string | null;
  avatar_url?: string | null;
  /** HMAC-SHA256 of the identifier, in hexadecimal digits, computed by your server. */
  identifier_hash?: string | null;
  custom_attributes?: CarbonChatAttributes;
}

type CarbonChatAttributes = Record<string, string | number | boolean | null>;

interface CarbonChatPage {
  /** Says who is signed in. Call it when that is known or changes. */
  setUser(identifier: string | number, user?: CarbonChatUser): void;
  /** Adds attributes to whoever was said last, or to the visitor whom nobody knows. */
  setCustomAttributes(attributes: CarbonChatAttributes): void;
  /** Opens or closes the panel, in answer to a click or a key only. Without a word: whichever it is not. */
  toggle(want?: 'open' | 'close'): void;
  /** Says that nobody is signed in. */
  reset(): void;
}

interface Window {
  $carbonchat?: CarbonChatPage;
}

/** None of them carries anything: they say only that it happened. */
interface WindowEventMap {
  /** The extension is there and listens. */
  'carbonchat:ready': Event;
  'carbonchat:opened': Event;
  'carbonchat:closed': Event;
  /** More messages wait to be read than before. */
  'carbonchat:on-message': Event;
  /** What the page said of its user was refused. */
  'carbonchat:error': Event;
}
