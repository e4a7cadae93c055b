// What this extension is set to, for the person who has it: nothing here is secret, and nothing can be sent from here.
import type { Words } from '@/lib/panel/times';

export interface OptionsProps {
  /** The extension's name and version. */
  name: string;
  version: string;
  sites: readonly { id: string; name: string; matches: readonly string[]; installationUrl: string }[];
  /** What opens the panel, as the browser writes it; '' when nothing does, null as long as that is not known. */
  shortcut: string | null;
  /** Shows where the browser lets a person change it. */
  changeShortcut(): void;
  words: Words;
}

export function OptionsView({ name, version, sites, shortcut, changeShortcut, words }: OptionsProps) {
  return (
    <main class="options">
      <h1 dir="auto">{name}</h1>
      {sites.map((site) => (
        <section class="site" key={site.id}>
          <h2 dir="auto">{site.name}</h2>
          <dl>
            <dt>{words.text('optionsPages')}</dt>
            {site.matches.map((pattern) => (
              <dd dir="ltr" key={pattern}>
                {pattern}
              </dd>
            ))}
            <dt>{words.text('optionsServer')}</dt>
            <dd dir="ltr">{site.installationUrl}</dd>
          </dl>
        </section>
      ))}
      <div class="shortcut">
        <p>
          {shortcut === ''
            ? words.text('optionsNoShortcut')
            : shortcut && words.text('optionsShortcut', { keys: shortcut })}
        </p>
        <button type="button" class="change" onClick={changeShortcut}>
          {words.text('optionsChangeShortcut')}
        </button>
      </div>
      <p class="note">{words.text('optionsStored')}</p>
      <p class="note">{words.text('optionsVersion', { version })}</p>
    </main>
  );
}
