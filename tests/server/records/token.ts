// Owns the form of the tokens that the server hands out: 24 letters and digits. Must not know what they open.

import { randomInt } from 'node:crypto';

const CHARACTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789';

/** A secret that nobody can guess. */
export const newToken = () =>
  Array.from({ length: 24 }, () => CHARACTERS[randomInt(CHARACTERS.length)]).join('');
