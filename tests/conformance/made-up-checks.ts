// Owns what must be true at the end of a made-up day: lists and frames tell what was written, each once, to nobody else.
// Must not send anything but reads.

import type { OurSocket } from './our-socket';
import type { Schemas } from './schema';

/** A conversation as it was meant: the texts in their order, and the echo ids that were given with them. */
export type Chat = {
  id: number;
  written: string[];
  questions: number[];
  echoes: Map<string, string | number>;
};
type Listed = { id: number; content: string; message_type: number };

/** Pages back through a conversation; what people wrote must be there, in its order, each once. */
export async function compareWithWritten(
  call: (method: string, path: string) => Promise<unknown>,
  base: string,
  { id, written }: Chat,
): Promise<string[]> {
  const all: Listed[] = [];
  for (let page: Listed[] | undefined; page === undefined || page.length === 20; ) {
    const before = page?.[0] === undefined ? '' : `?before=${page[0].id}`;
    page = (await call('GET', `${base}/${id}/messages${before}`)) as Listed[];
    all.unshift(...page);
  }
  const listed = all.filter(({ message_type }) => message_type !== 3).map(({ content }) => content);
  return listed.join('\n') === written.join('\n')
    ? []
    : [
        `conversation ${id} lists ${listed.length} messages, ${written.length} were written, or in another order`,
      ];
}

/** Frames fit their schemas, tell of one's own conversations only, and of each message that was written there once. */
export function checkFrames(socket: OurSocket, chats: Chat[], schemas: Schemas): string[] {
  const faults: string[] = [];
  const told: string[] = [];
  const versions = new Map<unknown, number>();
  for (const { frame } of socket.frames) {
    if (frame.message === undefined) continue;
    const { event, data } = frame.message;
    faults.push(...schemas.check(data, event, 'frame').map((fault) => `${event}: ${fault}`));
    if (event === 'message.created' && data.message_type !== 3) {
      const content = String(data.content);
      told.push(content);
      const echo = chats.find(({ echoes }) => echoes.has(content))?.echoes.get(content);
      if (data.echo_id !== echo) faults.push(`echo_id ${data.echo_id} was told of ${echo}`);
    }
    if (/^conversation\.(created|updated|status)/.test(event)) {
      const version = Number(data.updated_at);
      if (version < (versions.get(data.id) ?? 0)) faults.push(`conversation ${data.id} went back in time`);
      versions.set(data.id, version);
    }
    const { conversation_id = data.id } = data as { conversation_id?: number; id?: number };
    const tells = event.startsWith('message') || /^conversation\.(created|updated|status)/.test(event);
    if (tells && !chats.some(({ id }) => id === conversation_id))
      faults.push(`${event} of conversation ${conversation_id} came to somebody else`);
  }
  const written = chats.flatMap((chat) => chat.written);
  if (told.length !== written.length || !written.every((text) => told.includes(text)))
    faults.push(`${told.length} messages were told, ${written.length} were written`);
  return faults;
}
