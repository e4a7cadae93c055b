// Every known payload, each once: what runs, what leads somewhere, what turns words around.
import { htmlPayloads } from './html';
import { heldUrls, urlPayloads } from './urls';

/** For every place of a message: a text, or an address as it is. */
export const payloads: readonly string[] = [...new Set([...htmlPayloads, ...urlPayloads])];

/** The same addresses in every way to write one; for places that take text. */
export const heldPayloads: readonly string[] = [...new Set(heldUrls)];
