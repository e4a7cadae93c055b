// The background as a whole: registers every listener in the first turn, judges who sends what, and hands it to the
// session of the site that it is about. Knows no browser: everything comes through BackgroundPlatform.
import type { Event } from '@/lib/core/events';
import type { State } from '@/lib/core/state';
import {
  type Answer,
  type ButtonChanged,
  type ButtonView,
  type Command,
  type CommandOf,
  type CommandType,
  panelPortName,
  type Result,
} from '@/lib/messaging/commands';
import { parseCommand, senderKind } from '@/lib/messaging/senders';
import type { RawSender } from '@/lib/platform/types';
import { type Config, type Site, siteForUrl } from '@/lib/site/config';
import { manifestPattern, pageAddress } from '@/lib/site/match-pattern';
import { parseCustomAttributes, parsePageUser } from '@/lib/site/page-user';
import { buttonView, userOf } from './help-buttons';
import { PanelRouter } from './panel-router';
import type { BackgroundPlatform } from './platform';
import type { SessionHost } from './session-host';
import { NotSavedError } from './session-store';
import { SharedAlarm } from './shared-alarm';
import { SiteHost } from './site-host';

export interface BackgroundOptions {
  config: Config;
  timings: { requestTimeout: number; settle: number };
  platform: BackgroundPlatform;
  /** Told of what went wrong inside, in words without secrets. */
  report(problem: string): void;
}

type AnyResult = Result<Answer<CommandType>>;

type PanelCommand = Extract<Command, { sessionId: string }>;
type PageCommand = Exclude<Command, PanelCommand>;

const done: AnyResult = { ok: true, value: null };
const refused: AnyResult = {
  ok: false,
  error: { code: 'notAllowed', message: 'This is not allowed here.' },
};

/** Starts the background. Everything that wakes a stopped worker is listened to before this returns. */
export function startBackground({ config, timings, platform, report }: BackgroundOptions): void {
  let shown = '';
  let reading: Promise<unknown> = Promise.resolve();

  const alarm = new SharedAlarm(platform.alarms(woken), platform.clock);
  const hosts: ReadonlyMap<string, SiteHost> = new Map(config.sites.map((site) => [site.id, hostOf(site)]));
  const router = new PanelRouter({ hosts, siteBeside });

  function hostOf(site: Site): SiteHost {
    return new SiteHost({
      site,
      platform,
      alarm,
      timings,
      report,
      inTurn(read) {
        const mine = reading.then(read);
        reading = mine.catch(() => {});
        return mine;
      },
      others: () =>
        [...hosts.values()]
          .filter((host) => host.site !== site)
          .map((host) => ({ siteId: host.site.id, name: host.site.name, unread: host.unread() })),
      onChange: () => show(),
    });
  }

  /** The site that a page belongs to. */
  function hostFor(url: string | null): SiteHost | null {
    const site = url === null ? null : siteForUrl(config, url);
    return site && (hosts.get(site.id) ?? null);
  }

  async function siteBeside(windowId: number | null): Promise<string | null> {
    if (hosts.size === 1 || windowId === null) return null;
    return hostFor(await platform.shownUrl(windowId))?.site.id ?? null;
  }

  function woken(): void {
    alarm.rang();
    for (const host of hosts.values()) host.woken();
  }

  function happened(event: Event): void {
    for (const host of hosts.values()) host.happened(event);
  }

  function buttonIn(host: SiteHost, windowId: number | null): ButtonView {
    const state = host.state();
    const user = state ? userOf(state) : 'none';
    return buttonView(host.site, host.unread(), host.isOpenIn(windowId), user, platform.translate);
  }

  /** Shows unread messages and open panels on the toolbar, on the pages and in the panels, when one of them changed. */
  function show(): void {
    const all = [...hosts.values()];
    const now = JSON.stringify(
      all.map((host) => [host.unread(), host.windows(), host.state() && userOf(host.state() as State)]),
    );
    if (now === shown) return;
    shown = now;
    showOnToolbar();
    for (const host of all) host.publishAround();
    platform
      .sendToTabs(
        config.sites.flatMap(({ matches }) => matches.map(manifestPattern)),
        ({ url, windowId }): ButtonChanged | null => {
          const host = hostFor(url);
          // What is not read yet would look as if nothing waited there, and then as if something had come.
          if (!host?.state()) return null;
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
    const waiting = [...hosts.values()].filter((host) => host.unread() > 0);
    const n = waiting.reduce((sum, host) => sum + host.unread(), 0);
    const title =
      n > 0
        ? translate.text('toolbarTitleUnread', { company, n })
        : translate.text('toolbarTitle', { company });
    const { color } = (waiting[0]?.site ?? first).launcher;
    badge.set(n > 99 ? '99+' : n > 0 ? String(n) : '', color, title);
  }

  /** In the same turn as the click: one wait and the browser forgets that a person clicked. */
  async function toggle(
    host: SiteHost,
    windowId: number | null,
    want?: 'open' | 'close',
  ): Promise<AnyResult> {
    const isOpen = windowId !== null && host.isOpenIn(windowId);
    if (want === (isOpen ? 'open' : 'close')) return done;
    if (!isOpen) {
      if (router.want(windowId, host.site.id)) return done;
      const opened = platform.panel.open(windowId);
      return opened.then(
        (where) => {
          // A window of its own may stand there already.
          if (where !== windowId) router.want(where, host.site.id);
          return done;
        },
        (): AnyResult => ({
          ok: false,
          error: { code: 'failed', message: 'The browser did not open the panel.' },
        }),
      );
    }
    if (!(await platform.panel.close(windowId).catch(() => false))) host.close(windowId);
    return done;
  }

  /** Answers when what was asked for is saved. */
  async function answered(saved: Promise<unknown>): Promise<AnyResult> {
    try {
      await saved;
      return done;
    } catch (error) {
      const code = error instanceof NotSavedError ? 'notSaved' : 'failed';
      return { ok: false, error: { code, message: (error as Error).message } };
    }
  }

  /** What a page says of its user is a claim in its own words: what cannot be read of it changes nothing. */
  function hear(host: SiteHost, command: CommandOf<'user.say' | 'user.attributes'>): Promise<AnyResult> {
    const told = command.type === 'user.say' ? parsePageUser(command.user) : attributesIn(command.attributes);
    for (const field of 'problems' in told ? told.problems : [])
      report(`what a page says of its user cannot be used: ${field}`);
    switch (told.kind) {
      case 'user':
        return answered(host.said(told.user));
      case 'signedOut':
        return answered(host.said(null));
      case 'attributes':
        return answered(host.attributes(told.customAttributes));
      case 'unusable':
        return Promise.resolve(refused);
    }
  }

  function executeForPage(command: PageCommand, host: SiteHost, sender: RawSender): Promise<AnyResult> {
    switch (command.type) {
      case 'panel.toggle':
        return toggle(host, sender.windowId, command.want);
      case 'button.show':
        return host.ready().then(() => ({ ok: true, value: buttonIn(host, sender.windowId) }));
      default:
        return hear(host, command);
    }
  }

  async function executeForPanel(command: PanelCommand): Promise<AnyResult> {
    for (const host of hosts.values()) {
      // A panel of somebody who is gone may hand over its last words, and wipe nothing.
      const find = command.type === 'session.forget' ? host.shown : host.sessionOf;
      const session = await find.call(host, command.sessionId);
      if (session) return executeIn(session, host, command);
    }
    return refused;
  }

  function executeIn(session: SessionHost, host: SiteHost, command: PanelCommand): Promise<AnyResult> {
    switch (command.type) {
      case 'session.forget':
        return answered(host.forget());
      case 'page.open': {
        const { matches } = host.site;
        const isPage = (url: string) => hostFor(url) === host;
        return answered(
          platform.showPage(
            matches.map(manifestPattern),
            isPage,
            pageAddress(matches[0] as string),
            command.reload,
          ),
        );
      }
      default:
        return answered(session.asked(eventOf(command)));
    }
  }

  platform.onMessage((message, sender) => {
    const kind = senderKind(sender, platform.own);
    const command = parseCommand(message, kind);
    const host = hostFor(sender.url);
    if (!command || (kind === 'page' && !host)) {
      report(`a ${kind} sent something it may not send`);
      return Promise.resolve(refused);
    }
    const executed =
      'sessionId' in command ? executeForPanel(command) : host && executeForPage(command, host, sender);
    return (executed ?? Promise.resolve(refused)).catch((): AnyResult => {
      report(`${command.type} failed`);
      return { ok: false, error: { code: 'failed', message: 'This could not be done.' } };
    });
  });
  platform.onConnect(panelPortName, (port, sender) => {
    if (senderKind(sender, platform.own) === 'panel') router.connect(port);
    else port.disconnect();
  });
  platform.onOnline((online) => happened({ type: 'online.changed', online }));
  let focusHeard = false;
  platform.onWindowFocus((windowId) => {
    focusHeard = true;
    happened({ type: 'window.focused', windowId });
  });
  void platform.focusedWindowId().then(
    // What was asked before another window got the focus is no news after it.
    (windowId) => focusHeard || happened({ type: 'window.focused', windowId }),
    () => report('the focused window is not known'),
  );
  void platform.restrictStorage().catch(() => report('storage could not be restricted'));
}

function attributesIn(text: string) {
  const told = parseCustomAttributes(text);
  return told
    ? { kind: 'attributes' as const, ...told }
    : { kind: 'unusable' as const, problems: ['attributes'] };
}

/** What happens to a session when its panel asks. */
function eventOf({
  sessionId: _,
  ...command
}: Exclude<PanelCommand, CommandOf<'session.forget' | 'page.open'>>): Event {
  switch (command.type) {
    case 'message.send':
      return { ...command, type: 'message.submitted' };
    case 'message.answer':
      return { ...command, type: 'answer.submitted' };
    case 'conversation.resolve':
      return { ...command, type: 'resolve.asked' };
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
    case 'contact.change':
      return { ...command, type: 'contact.changeAsked' };
  }
}
