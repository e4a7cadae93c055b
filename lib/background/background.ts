// The background as a whole: registers every listener in the first turn, judges who sends what, and hands it to the
// session. Knows no browser: everything comes through BackgroundPlatform.
import type { Event } from '@/lib/core/events';
import type { State } from '@/lib/core/state';
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
import type { BackgroundPlatform } from './platform';
import { SessionHost } from './session-host';
import { NotSavedError } from './session-store';

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
  const site = config.sites[0] as Site;
  const alarms = platform.alarms(() => void host.woken());
  const host: SessionHost = new SessionHost({ site, platform, alarms, timings, report, onChange: show });
  let shown = '';

  function isOurs(url: string | null): boolean {
    return url !== null && siteForUrl(config, url) === site;
  }

  function buttonIn(windowId: number | null, unread: number): ButtonView | null {
    return buttonView(site, unread, host.panels.isOpenIn(windowId), platform.translate);
  }

  /** Shows unread messages and open panels on the toolbar and on the pages, when either changed. */
  function show(state: State): void {
    const unread = unreadCount(state);
    const now = JSON.stringify([unread, host.panels.windows()]);
    if (now === shown) return;
    shown = now;
    const { translate, badge } = platform;
    const company = site.name;
    const title =
      unread > 0
        ? translate.text('toolbarTitleUnread', { company, n: unread })
        : translate.text('toolbarTitle', { company });
    badge.set(unread > 99 ? '99+' : unread > 0 ? String(unread) : '', site.launcher.color, title);
    platform
      .sendToTabs(site.matches.map(manifestPattern), ({ url, windowId }): ButtonChanged | null =>
        isOurs(url) ? { type: 'button.changed', button: buttonIn(windowId, unread) } : null,
      )
      .catch(() => {
        report('the pages could not be told how their button looks');
        shown = ''; // so that they are told with the next change at the latest
      });
  }

  /** In the same turn as the click: one wait and the browser forgets that a person clicked. */
  async function toggle(windowId: number | null): Promise<AnyResult> {
    if (windowId === null || !host.panels.isOpenIn(windowId)) {
      const opened = platform.panel.open(windowId);
      return opened.then(
        () => done,
        (): AnyResult => ({
          ok: false,
          error: { code: 'failed', message: 'The browser did not open the panel.' },
        }),
      );
    }
    if (!(await platform.panel.close(windowId).catch(() => false))) host.panels.close(windowId);
    return done;
  }

  async function ask(event: Event): Promise<AnyResult> {
    try {
      await host.asked(event);
      return done;
    } catch (error) {
      const code = error instanceof NotSavedError ? 'notSaved' : 'failed';
      return { ok: false, error: { code, message: (error as Error).message } };
    }
  }

  function execute(command: Command, sender: RawSender): Promise<AnyResult> {
    switch (command.type) {
      case 'panel.toggle':
        return toggle(sender.windowId);
      case 'button.show':
        return host.store.then(({ state }) => ({
          ok: true,
          value: buttonIn(sender.windowId, unreadCount(state)),
        }));
      case 'message.send':
        return ask({ ...command, type: 'message.submitted' });
      case 'message.retry':
        return ask({ ...command, type: 'message.retried' });
      case 'message.discard':
        return ask({ ...command, type: 'message.discarded' });
      case 'draft.change':
        return ask({ ...command, type: 'draft.changed' });
      case 'history.loadOlder':
        return ask({ ...command, type: 'older.requested' });
      case 'link.retry':
        return ask({ type: 'link.retried' });
    }
  }

  platform.onMessage((message, sender) => {
    const kind = senderKind(sender, platform.own);
    const command = parseCommand(message, kind);
    if (!command || (kind === 'page' && !isOurs(sender.url))) {
      report(`a ${kind} sent something it may not send`);
      const refused: AnyResult = {
        ok: false,
        error: { code: 'notAllowed', message: 'This is not allowed here.' },
      };
      return Promise.resolve(refused);
    }
    return execute(command, sender).catch((): AnyResult => {
      report(`${command.type} failed`);
      return { ok: false, error: { code: 'failed', message: 'This could not be done.' } };
    });
  });
  platform.onConnect(panelPortName, (port, sender) => {
    if (senderKind(sender, platform.own) === 'panel') host.panels.connect(port);
    else port.disconnect();
  });
  platform.onOnline((online) => void host.happened({ type: 'online.changed', online }));
  platform.onWindowFocus((windowId) => void host.happened({ type: 'window.focused', windowId }));
  void platform.focusedWindowId().then(
    (windowId) => host.happened({ type: 'window.focused', windowId }),
    () => report('the focused window is not known'),
  );
  void platform.restrictStorage().catch(() => report('storage could not be restricted'));
  void host.store.then((store) => show(store.state));
}
