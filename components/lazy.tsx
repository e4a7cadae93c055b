// Views that the first painting does without, in a chunk of their own.
import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';

export interface Lazy<Module> {
  /** Fetches the chunk; resolves when its views can be drawn. */
  load(): Promise<void>;
  /** Follows in what draws, as a signal does. */
  isLoaded(): boolean;
  /** A view that draws nothing until the chunk is there, which it fetches. */
  view<Props extends object>(pick: (module: Module) => FunctionComponent<Props>): FunctionComponent<Props>;
}

/** @param fetch a dynamic import. */
export function lazy<Module extends object>(fetch: () => Promise<Module>): Lazy<Module> {
  /** The code of this page, not a state of it: once fetched it stays. */
  const module = signal<Module | null>(null);
  const load = async () => {
    module.value = await fetch();
  };
  return {
    load,
    isLoaded: () => module.value !== null,
    view: (pick) => (props) => {
      useEffect(() => void load(), []);
      const Loaded = module.value && pick(module.value);
      return Loaded && <Loaded {...props} />;
    },
  };
}
