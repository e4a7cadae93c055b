// Every known payload, each once: what runs, what leads somewhere, what turns words around.
import { htmlPayloads } from './html';
import { urlPayloads } from './urls';

export const payloads: readonly string[] = [...new Set([...htmlPayloads, ...urlPayloads])];
