// What the panel of one scenario has left on the installation, found by ordinary means, the client API. Works on any
// installation, however much else is in it.
import type { Line } from './driver/line';

/** A message's type where the server itself says what happened. */
const ACTIVITY = 2;

interface StoredMessage {
  id: number;
  content: string | null;
  message_type: number;
}

interface Conversation {
  id: number;
  contact: { identifier: string | null };
  path: string;
}

interface TracesPlace {
  url: string;
  /** Of the inbox that the panel is built for. */
  identifier: string;
  line: Line;
}

export class Traces {
  readonly #place: TracesPlace;

  constructor(place: TracesPlace) {
    this.#place = place;
  }

  /** Source ids of all contact sessions that were named on the line since the scenario began. */
  sourceIds(): string[] {
    const named = this.#place.line.requests.flatMap(({ path, body }) => {
      const [, inPath] = path.match(/\/contacts\/([^/?]+)/) ?? [];
      if (inPath) return [inPath];
      return path.endsWith('/contacts') && body ? [String(JSON.parse(body).source_id)] : [];
    });
    return [...new Set(named)];
  }

  /** Display ids of their conversations, oldest first. */
  async conversationIds(): Promise<number[]> {
    return (await this.#conversations()).map(({ id }) => id);
  }

  /** The only conversation there is. Throws when there is none, or more than one. */
  async conversationId(): Promise<number> {
    const [id, ...more] = await this.conversationIds();
    if (id === undefined || more.length > 0)
      throw new Error(`${more.length + (id ? 1 : 0)} conversations, not one`);
    return id;
  }

  /** Starts a further conversation of the same contact, as another device would. Its display id. */
  async startConversation(): Promise<number> {
    const [sourceId] = this.sourceIds();
    const { id } = (await this.#client('POST', `/${sourceId}/conversations`)) as { id: number };
    return id;
  }

  /**
   * What the customer may see of all conversations, or of the one with this display id, activity left out, in the order
   * in which it was stored.
   */
  async contents(conversationId?: number): Promise<(string | null)[]> {
    const asked = (await this.#conversations()).filter(({ id }) => id === (conversationId ?? id));
    const lists = await Promise.all(asked.map(({ path }) => this.#messages(path)));
    return lists
      .flat()
      .filter(({ message_type }) => message_type !== ACTIVITY)
      .sort((a, b) => a.id - b.id)
      .map(({ content }) => content);
  }

  /** The identifier of the contact whose conversation this is; null: it has none. */
  async identifierOf(conversationId: number): Promise<string | null> {
    const found = (await this.#conversations()).find(({ id }) => id === conversationId);
    return found?.contact.identifier ?? null;
  }

  /** The only contact session there is, as the server knows it. */
  async contact(): Promise<unknown> {
    return this.#client('GET', `/${this.sourceIds()[0]}`);
  }

  /** Gives the contacts a name by which a person finds what a scenario has left. */
  async sign(scenario: string): Promise<void> {
    const name = `CarbonChat Panel end to end: ${scenario}`.slice(0, 255);
    // One that must prove who it is keeps its own name.
    for (const id of this.sourceIds()) await this.#client('PATCH', `/${id}`, { name }).catch(() => {});
  }

  async #conversations(): Promise<Conversation[]> {
    const lists = this.sourceIds().map(async (sourceId) => {
      const path = `/${sourceId}/conversations`;
      const list = (await this.#client('GET', path)) as Omit<Conversation, 'path'>[];
      return list.map((each) => ({ ...each, path: `${path}/${each.id}` }));
    });
    // Sessions of one proven contact all tell of the same conversations.
    const byId = new Map((await Promise.all(lists)).flat().map((each) => [each.id, each]));
    return [...byId.values()].sort((a, b) => a.id - b.id);
  }

  /** All messages, page by page. */
  async #messages(conversationPath: string): Promise<StoredMessage[]> {
    const all: StoredMessage[] = [];
    for (;;) {
      const older = all.length > 0 ? `?before=${Math.min(...all.map(({ id }) => id))}` : '';
      const page = (await this.#client('GET', `${conversationPath}/messages${older}`)) as StoredMessage[];
      if (page.length === 0) return all;
      all.push(...page);
    }
  }

  /** Asks the client API about contacts. A session that was never made has nothing. */
  async #client(method: string, path: string, body?: object): Promise<unknown> {
    const { url, identifier } = this.#place;
    const response = await fetch(`${url}/public/api/v1/inboxes/${identifier}/contacts${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (response.status === 404) return [];
    if (!response.ok) throw new Error(`${method} contacts${path} answered ${response.status}`);
    return response.json();
  }
}
