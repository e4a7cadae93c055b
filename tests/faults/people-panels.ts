// The panels in front of a device at which people come and go: the one that is open, and those that were told to begin anew
// and stay connected. Knows whose session each has shown; what they hear, the judge judges.
import type { ViewMessage } from '@/lib/messaging/commands';
import type { Snapshot } from '@/lib/messaging/view-updates';
import type { FakePanel } from '../support/fake-panel';
import type { FakeLife } from '../support/fake-platform';
import type { Desk } from './people-desk';
import type { Ear, Judge } from './people-judge';
import type { AtDevice } from './people-who';

/** A panel at its port, in one life of the background. */
interface Port extends Ear {
  panel: FakePanel;
  life: FakeLife;
  /** Null: of whoever is there. */
  sessionId: string | null;
  key: string | null;
}

export class PeoplePanels {
  /** Who wrote in the sessions that a panel has shown. */
  readonly owners = new Map<string, string>();
  readonly #browser: Desk;
  readonly #judge: Judge;
  readonly #device: AtDevice;
  readonly #ports: Port[] = [];
  #port: Port | null = null;

  constructor(browser: Desk, judge: Judge, device: AtDevice) {
    this.#browser = browser;
    this.#judge = judge;
    this.#device = device;
  }

  #connect(sessionId: string | null, key: string | null, known = sessionId): Port {
    const life = this.#browser.wake();
    const panel = life.connect();
    const port: Port = { panel, life, gone: false, sessionId, key };
    const { post } = panel.port;
    panel.port.post = (message) => {
      if (life.dead) return;
      post(message);
      this.#judge.heard(port, panel.updates.at(-1) as never);
    };
    this.#ports.push(port);
    panel.open(key, 1, 'acme', known);
    return port;
  }

  /** The panel that is open now, as it looks; opened if it is not, anew if it was told so. */
  async look(key: string | null = null, sessionId: string | null = null): Promise<Snapshot> {
    for (let times = 0; times < 5; times += 1) {
      const port = this.#port;
      const isOpen = port && !port.gone && !port.life.dead && port.sessionId === sessionId;
      if (isOpen) port.panel.open(key, 1, 'acme', sessionId);
      // Where the background was stopped, a panel asks for what it showed.
      else if (port?.life.dead && !port.gone) {
        const { panel, sessionId, key } = port;
        this.#port = this.#connect(sessionId, key, panel.snapshot?.site.sessionId ?? sessionId);
      } else this.#port = this.#connect(sessionId, key);
      await this.#browser.settle();
      const { panel, life, gone } = this.#port as Port;
      const now = this.#port?.sessionId === sessionId && panel.snapshot;
      // Its person signed in while the background was stopped: it stands at what they wrote before.
      const stayed = now && sessionId === null && now.past.role === 'earlier';
      if (stayed) this.#port = null;
      else if (now && !life.dead && !gone) return this.#noted(now);
      if (gone) sessionId = null;
    }
    throw new Error('the panel never showed anything');
  }

  /** A session that was shown belongs to whoever is there, or to who wrote before they signed in. */
  #noted(snapshot: Snapshot): Snapshot {
    const { site, past } = snapshot;
    if (past.role === 'own') this.owners.set(site.sessionId, this.#device.now.tag);
    if (past.earlier && !this.owners.has(past.earlier.sessionId)) {
      const anonymous = this.#device.directPast;
      if (anonymous !== null) this.owners.set(past.earlier.sessionId, anonymous);
    }
    return snapshot;
  }

  /** The panel of what was written before the sign-in; null: there is none. */
  async lookBack(key: string | null = null): Promise<Snapshot | null> {
    const { past } = await this.look();
    if (past.role !== 'own' || past.earlier === null) return null;
    const shown = await this.look(key, past.earlier.sessionId);
    return shown.past.role === 'earlier' ? shown : null;
  }

  /** One asks for a session of somebody who is gone. */
  async openLate(sessionId: string): Promise<void> {
    const port = this.#connect(sessionId, null);
    await this.#browser.settle();
    if (!port.gone && !port.life.dead) this.#judge.wrong('shown: the session of somebody who is gone');
  }

  /** Those that were to begin anew say what is on their screens. */
  seeLate(messageId: number): void {
    const message: ViewMessage = { type: 'view.seen', messageId };
    for (const { panel, life, gone } of this.#ports) if (gone && !life.dead) panel.say(message);
  }
}
