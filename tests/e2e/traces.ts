// What the panel of one scenario has left on the installation, found by ordinary means: the client API and the
// account API with the agent's token. Works on any installation, however much else is in it.
import type { AgentClient } from '../server/testing/agent-client';
import type { Line } from './driver/line';

/** The account API gives the newest messages of a conversation, this many. */
const PAGE = 20;

interface TracesPlace {
  url: string;
  /** Of the inbox that the panel is built for. */
  identifier: string;
  line: Line;
  agent: AgentClient;
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
    const lists = this.sourceIds().map((id) => this.#client('GET', `/${id}/conversations`));
    const conversations = (await Promise.all(lists)).flat() as { id: number }[];
    return conversations.map(({ id }) => id).sort((a, b) => a - b);
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

  /** What the conversations hold, private notes and activity left out, in the order in which it was stored. */
  async contents(): Promise<(string | null)[]> {
    const ids = await this.conversationIds();
    const lists = await Promise.all(ids.map((id) => this.#place.agent.messages(id)));
    if (lists.some(({ length }) => length >= PAGE))
      throw new Error('There may be more messages than one page.');
    return lists
      .flat()
      .filter((message) => !message.private && message.message_type !== 2)
      .sort((a, b) => a.id - b.id)
      .map(({ content }) => content);
  }

  /** Gives the contacts a name by which a person finds what a scenario has left. */
  async sign(scenario: string): Promise<void> {
    const name = `CarbonChat Panel end to end: ${scenario}`.slice(0, 255);
    for (const id of this.sourceIds()) await this.#client('PATCH', `/${id}`, { name });
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
