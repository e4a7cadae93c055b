// Who is typing. There may be no "off" (contract §6.4), so it expires by itself.
import type { EventOf } from './events';
import { type Turn, without } from './turn';
import type { Message } from './types';

/** How long a typist is shown without news, in ms. */
const typingLasts = 30_000;

/** An agent or a bot began or ceased to type. */
export function typingChanged(turn: Turn, event: EventOf<'frame.typing'>): void {
  const { conversationId, author, on } = event;
  const others = (turn.state.typing[conversationId] ?? []).filter(
    (typist) => typist.author.id !== author.id || typist.author.kind !== author.kind,
  );
  const typists = on ? [...others, { author, until: turn.at + typingLasts }] : others;
  setTypists(turn, conversationId, typists);
}

/** Who has written is no longer typing. */
export function typingEndedBy(turn: Turn, message: Message): void {
  const typists = turn.state.typing[message.conversationId];
  if (!typists) return;
  const { id, kind } = message.author;
  const others = typists.filter(({ author }) => author.id !== id || author.kind !== kind);
  if (others.length !== typists.length) setTypists(turn, message.conversationId, others);
}

/** Drops those who have not been heard of for too long. */
export function expireTyping(turn: Turn): void {
  for (const [key, typists] of Object.entries(turn.state.typing)) {
    const left = typists.filter((typist) => typist.until > turn.at);
    if (left.length !== typists.length) setTypists(turn, Number(key), left);
  }
}

function setTypists(turn: Turn, conversationId: number, typists: Turn['state']['typing'][number]): void {
  const { typing } = turn.state;
  turn.set({
    typing: typists.length > 0 ? { ...typing, [conversationId]: typists } : without(typing, conversationId),
  });
}
