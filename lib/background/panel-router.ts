// Which site a panel shows: the one whose Help button was pressed in its window, else the one that it showed before, else
// that of the page beside it. A panel that is to show another one begins anew.
import { type ViewMessage, viewMessageSchema } from '@/lib/messaging/commands';
import { parseWith } from '@/lib/messaging/senders';
import type { ViewUpdate } from '@/lib/messaging/view-updates';
import type { Port } from '@/lib/platform/types';
import type { PanelEnd } from './panel-host';
import type { SiteHost } from './site-host';

export interface PanelRouterOptions {
  /** By the id of the site; the first is shown where nothing speaks for another. */
  hosts: ReadonlyMap<string, SiteHost>;
  /** The site of the page that a window shows; null: none. */
  siteBeside(windowId: number | null): Promise<string | null>;
}

type Opening = Extract<ViewMessage, { type: 'view.open' }>;

export class PanelRouter {
  readonly #options: PanelRouterOptions;
  /** The site that was asked for in a window, until a panel there shows it. */
  #wanted = new Map<number | null, string>();
  #last: string | null = null;

  constructor(options: PanelRouterOptions) {
    this.#options = options;
  }

  /** Takes the port of a panel; its first message says where it stands and what it showed. */
  connect(port: Port): void {
    let end: PanelEnd | null = null;
    let begun: Promise<void> | null = null;
    /** At once when it can be: a click that comes next finds everything as it is. */
    const tell = (say: (end: PanelEnd) => void) => {
      if (end) say(end);
      else void begun?.then(() => end && say(end));
    };
    port.onMessage((value) => {
      const message = parseWith(viewMessageSchema, value);
      if (!message) return;
      if (message.type === 'view.open') {
        begun ??= this.#begin(port, message).then((known) => {
          end = known;
        });
      }
      tell(({ receive }) => receive(message));
    });
    port.onDisconnect(() => tell(({ lost }) => lost()));
  }

  /**
   * Somebody wants this site in this window. True: a panel that stands there changes to it; else the next one to open
   * shows it.
   */
  want(windowId: number | null, siteId: string): boolean {
    this.#wanted.set(windowId, siteId);
    this.#last = siteId;
    const others = [...this.#options.hosts.values()].filter(
      (host) => host.site.id !== siteId && host.isOpenIn(windowId),
    );
    for (const host of others) host.show(windowId, siteId);
    return others.length > 0;
  }

  async #begin(port: Port, opening: Opening): Promise<PanelEnd | null> {
    const { hosts } = this.#options;
    const siteId = await this.#choose(opening);
    const host = (await hosts.get(siteId)?.shown(opening.sessionId)) ?? null;
    // Not what it showed before: another site, or a person who is gone.
    if (host === null || (opening.siteId !== null && opening.siteId !== siteId)) {
      port.post({ type: 'panel.show', siteId } satisfies ViewUpdate);
      return null;
    }
    this.#wanted.delete(opening.windowId);
    this.#last = siteId;
    return host.panels.connect(port);
  }

  async #choose({ windowId, siteId }: Opening): Promise<string> {
    const { hosts, siteBeside } = this.#options;
    const wanted = this.#wanted.get(windowId);
    if (wanted !== undefined) return wanted;
    if (siteId !== null && hosts.has(siteId)) return siteId;
    const beside = await siteBeside(windowId).catch(() => null);
    return beside ?? this.#last ?? ([...hosts.keys()][0] as string);
  }
}
