// What every view needs: the panel's models, words and times. Given once at the root; no module-level state.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Panel } from '@/lib/panel/panel';
import type { Times, Words } from '@/lib/panel/times';

export interface PanelTools {
  panel: Panel;
  words: Words;
  times: Times;
  /** Moves the panel to where it stays open; absent where it does. */
  keepOpen?: (() => void) | undefined;
  /** Address of the company's logo. */
  logoUrl: string;
}

export const PanelContext = createContext<PanelTools | null>(null);

export function usePanel(): PanelTools {
  const tools = useContext(PanelContext);
  if (!tools) throw new Error('A view was drawn outside PanelContext');
  return tools;
}
