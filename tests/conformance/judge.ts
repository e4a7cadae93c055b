// Owns the verdict on the whole: which recorded answers and sockets ours are equal to, and where they differ.
// Must not send anything.

import type { HttpExchange, Recording } from '../support/recording';
import type { Difference } from './compare';
import { DELIBERATE } from './deliberate';
import { judgeAnswer } from './judge-answers';
import { framesOf, inRace, judgeEnds, judgeFrames, judgeOrder } from './judge-sockets';
import type { Played } from './player';

/** `unlisted`: the differences that are on no list. */
type Judged = { unlisted: Difference[] };
export type Verdict = {
  exchanges: (Judged & { exchange: HttpExchange })[];
  sockets: (Judged & { index: number; frames: number })[];
  /** Entries of the list that cover nothing. */
  unused: typeof DELIBERATE;
  /** Of the contact's own messages: how often the frame came before the answer to the POST, and after it. */
  ownMessages: { before: number; after: number };
};

/** Whether the client API is asked, and not what agents use, nor the files and the cable beside it. */
export const isClientApi = ({ request }: HttpExchange) => request.path.startsWith('/public/api/');

function countOwnMessages({ http }: Recording, { answers, sockets }: Played): Verdict['ownMessages'] {
  const frames = new Map(
    sockets
      .flatMap((socket) => socket.frames)
      .filter(({ frame }) => frame.message?.event === 'message.created')
      .map(({ frame, arrived }) => [frame.message?.data.id, arrived]),
  );
  const counts = { before: 0, after: 0 };
  for (const exchange of http) {
    const { method, path } = exchange.request;
    const answer = answers.get(exchange.n);
    const isOwn = isClientApi(exchange) && method === 'POST' && path.endsWith('/messages');
    if (!isOwn || answer?.status !== 200) continue;
    const told = frames.get(JSON.parse(String(answer.bytes)).id);
    if (told !== undefined) counts[told < answer.arrived ? 'before' : 'after'] += 1;
  }
  return counts;
}

/** The verdict on every exchange and every socket, in the recorded order. */
export function judge(recording: Recording, played: Played): Verdict {
  const { known, answers, sockets } = played;
  const used = new Set<unknown>();
  const unlisted = (at: { exchange?: number; socket?: number }, differences: Difference[]) =>
    differences.filter(({ where }) => {
      const entry = DELIBERATE.find(
        (one) => one.exchange === at.exchange && one.socket === at.socket && where.startsWith(one.where),
      );
      used.add(entry);
      return entry === undefined;
    });

  const exchanges = recording.http.map((exchange) => {
    const { n, name, t_ms } = exchange;
    const ours = answers.get(n);
    if (ours === undefined) throw new Error(`${n} ${name} was not played`);
    const race = inRace(t_ms, 'answer');
    const differences = [...(played.firstLook.get(n) ?? []), ...judgeAnswer(exchange, ours, known)];
    const meant = differences.filter(({ kind }) => kind === 'shape' || !race);
    return { exchange, unlisted: unlisted({ exchange: n }, meant) };
  });
  const judged = recording.cable.map((recorded, index) => {
    const ours = sockets[index];
    if (ours === undefined) throw new Error(`socket ${index} was not played`);
    const theirs = framesOf(recorded);
    const differences = [
      ...judgeEnds(recorded, ours),
      ...judgeFrames(theirs, ours.frames, known),
      ...judgeOrder(theirs, ours.frames, known),
    ];
    return { index, unlisted: unlisted({ socket: index }, differences), frames: ours.frames.length };
  });
  return {
    exchanges,
    sockets: judged,
    unused: DELIBERATE.filter((entry) => !used.has(entry)),
    ownMessages: countOwnMessages(recording, played),
  };
}
