// The background as a whole: registers every listener in the first turn, judges who sends what, and hands it to the
// session of the site that it is about. Knows no browser: everything comes through BackgroundPlatform.
import type { Event } from '@/lib/core/events';
import {
  type Answer,
  type ButtonChanged,
  type ButtonView,
  type Command,
  type CommandType,
  panelPortName,
  type Result,
} from '@/lib/messaging/commands';
import { parseCommand, senderKind } from '@/lib/messaging/senders';
import type { RawSender } from '@/lib/platform/types';
import { type Config, type Site, siteForUrl } from '@/lib/site/config';
import { manifestPattern } from '@/lib/site/match-pattern';
import { buttonView, unreadCount } from './help-buttons';
import { PanelRouter } from './panel-router';
import type { BackgroundPlatform } from './platform';
import { SessionHost } from './session-host';
import { NotSavedError } from './session-store';
import { SharedAlarm } from './shared-alarm';

export interface BackgroundOptions {
  config: Config;
  timings: { requestTimeout: number; settle: number };
  platform: BackgroundPlatform;
  /** Told of what went wrong inside, in words without secrets. */
  report(problem: string): void;
}

type AnyResult = Result<Answer<CommandType>>;

const done: AnyResult = { ok: true, value: null };

/** Starts the background. Everything that wakes a stopped worker is listened to before this returns. */
export function startBackground({ config, timings, platform, report }: BackgroundOptions): void {
  const unread = new Map<string, number>();
  let shown = '';
  let reading: Promise<unknown> = Promise.resolve();

  const alarm = new SharedAlarm(
    platform.alarms(woken),
    config.sites.map(({ id }) => id),
    platform.clock,
  );
  const hosts: ReadonlyMap<string, SessionHost> = new Map(
    config.sites.map((site) => [site.id, hostOf(site)]),
  );
  const router = new PanelRouter({ hosts, siteBeside });

  function hostOf(site: Site): SessionHost {
    return new SessionHost({
      site,
      platform,
      alarms: alarm.of(site.id),
      timings,
      report,
      inTurn(read) {
        const mine = reading.then(read);
        reading = mine.catch(() => {});
        return mine;
      },
      others: () =>
        config.sites
          .filter(({ id }) => id !== site.id)
          .map(({ id, name }) => ({ siteId: id, name, unread: unread.get(id) ?? 0 })),
      onChange(state) {
        unread.set(site.id, unreadCount(state));
        show();
      },
    });
  }

  /** The session of the site that a page belongs to. */
  function hostFor(url: string | null): SessionHost | null {
    const site = url === null ? null : siteForUrl(config, url);
    return site && (hosts.get(site.id) ?? null);
  }

  async function siteBeside(windowId: number | null): Promise<string | null> {
    if (hosts.size === 1 || windowId === null) return null;
    return hostFor(await platform.shownUrl(windowId))?.site.id ?? null;
  }

  function woken(): void {
    alarm.rang();
    for (const host of hosts.values()) void host.woken();
  }

  function happened(event: Event): void {
    for (const host of hosts.values()) void host.happened(event);
  }

  function buttonIn({ site, panels }: SessionHost, windowId: number | null): ButtonView {
    return buttonView(site, unread.get(site.id) ?? 0, panels.isOpenIn(windowId), platform.translate);
  }

  /** Shows unread messages and open panels on the toolbar, on the pages and in the panels, when one of them changed. */
  function show(): void {
    const all = [...hosts.values()];
    const now = JSON.stringify(all.map(({ site, panels }) => [unread.get(site.id), panels.windows()]));
    if (now === shown) return;
    shown = now;
    showOnToolbar();
    for (const { panels } of all) panels.publishOthers();
    platform
      .sendToTabs(
        config.sites.flatMap(({ matches }) => matches.map(manifestPattern)),
        ({ url, windowId }): ButtonChanged | null => {
          const host = hostFor(url);
          // What is not read yet would look as if nothing waited there, and then as if something had come.
          if (!host || !unread.has(host.site.id)) return null;
          return { type: 'button.changed', button: buttonIn(host, windowId) };
        },
      )
      .catch(() => {
        report('the pages could not be told how their button looks');
        shown = ''; // so that they are told with the next change at the latest
      });
  }

  function showOnToolbar(): void {
    const { translate, badge } = platform;
    const [first] = config.sites as [Site];
    const { name: company } = hosts.size === 1 ? first : config;
    const waiting = config.sites.filter(({ id }) => unread.get(id));
    const n = waiting.reduce((sum, { id }) => sum + (unread.get(id) ?? 0), 0);
    const title =
      n > 0
        ? translate.text('toolbarTitleUnread', { company, n })
        : translate.text('toolbarTitle', { company });
    const { color } = (waiting[0] ?? first).launcher;
    badge.set(n > 99 ? '99+' : n > 0 ? String(n) : '', color, title);
  }

  /** In the same turn as the click: one wait and the browser forgets that a person clicked. */
  async function toggle(
    { site, panels }: SessionHost,
    windowId: number | null,
    want?: 'open' | 'close',
  ): Promise<AnyResult> {
    if (windowId === null || !panels.isOpenIn(windowId)) {
      if (want === 'close') return done;
      if (router.want(windowId, site.id)) return done;
      const opened = platform.panel.open(windowId);
      return opened.then(
        (where) => {
          // A window of its own may stand there already.
          if (where !== windowId) router.want(where, site.id);
          return done;
        },
        (): AnyResult => ({
          ok: false,
          error: { code: 'failed', message: 'The browser did not open the panel.' },
        }),
      );
    }
    if (want === 'open') return done;
    if (!(await platform.panel.close(windowId).catch(() => false))) panels.close(windowId);
    return done;
  }

  async function ask(host: SessionHost, event: Event): Promise<AnyResult> {
    try {
      await host.asked(event);
      return done;
    } catch (error) {
      const code = error instanceof NotSavedError ? 'notSaved' : 'failed';
      return { ok: false, error: { code, message: (error as Error).message } };
    }
  }

  function execute(command: Command, host: SessionHost, sender: RawSender): Promise<AnyResult> {
    switch (command.type) {
      case 'panel.toggle':
        return toggle(host, sender.windowId, command.want);
      case 'user.say':
      case 'user.attributes':
        return Promise.resolve(done);
      case 'button.show':
        return host.store.then(() => ({ ok: true, value: buttonIn(host, sender.windowId) }));
      default:
        return ask(host, eventOf(command));
    }
  }

  platform.onMessage((message, sender) => {
    const kind = senderKind(sender, platform.own);
    const command = parseCommand(message, kind);
    const host = command && ('siteId' in command ? hosts.get(command.siteId) : hostFor(sender.url));
    if (!host) {
      report(`a ${kind} sent something it may not send`);
      const refused: AnyResult = {
        ok: false,
        error: { code: 'notAllowed', message: 'This is not allowed here.' },
      };
      return Promise.resolve(refused);
    }
    return execute(command, host, sender).catch((): AnyResult => {
      report(`${command.type} failed`);
      return { ok: false, error: { code: 'failed', message: 'This could not be done.' } };
    });
  });
  platform.onConnect(panelPortName, (port, sender) => {
    if (senderKind(sender, platform.own) === 'panel') router.connect(port);
    else port.disconnect();
  });
  platform.onOnline((online) => happened({ type: 'online.changed', online }));
  platform.onWindowFocus((windowId) => happened({ type: 'window.focused', windowId }));
  void platform.focusedWindowId().then(
    (windowId) => happened({ type: 'window.focused', windowId }),
    () => report('the focused window is not known'),
  );
  void platform.restrictStorage().catch(() => report('storage could not be restricted'));
  for (const host of hosts.values()) {
    void host.store.then(({ state }) => {
      unread.set(host.site.id, unreadCount(state));
      show();
    });
  }
}

/** What happens to a session when its panel asks. */
function eventOf({ siteId: _, ...command }: Extract<Command, { siteId: string }>): Event {
  switch (command.type) {
    case 'message.send':
      return { ...command, type: 'message.submitted' };
    case 'message.retry':
      return { ...command, type: 'message.retried' };
    case 'message.discard':
      return { ...command, type: 'message.discarded' };
    case 'draft.change':
      return { ...command, type: 'draft.changed' };
    case 'history.loadOlder':
      return { ...command, type: 'older.requested' };
    case 'link.retry':
      return { type: 'link.retried' };
  }
}
