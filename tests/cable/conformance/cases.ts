// All cases of the suite. Each says what a client must do, and knows neither which client nor which server it is.

import { frameCases } from './cases-frames';
import { networkCases } from './cases-network';
import { verdictCases } from './cases-verdicts';
import type { Stage } from './stage';

export interface Case {
  name: string;
  /** What it does to the server concerns everybody there: no other case may be played on it meanwhile. */
  everybody?: boolean;
  /** Rejects, in few words, when the client does not do what the name says. */
  play(stage: Stage): Promise<void>;
}

export const cases: readonly Case[] = [...verdictCases, ...frameCases, ...networkCases];
