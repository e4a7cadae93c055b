// Owns the list of what the in-memory server does otherwise than the recorded one on purpose, each with its reason.
// An entry that differs no more makes the test fail, as an unlisted difference does.

export type Deliberate = {
  /** Number of the exchange, or index of the socket. */
  exchange?: number;
  socket?: number;
  /** Beginning of `where` of the differences it covers. */
  where: string;
  reason: string;
};

export const DELIBERATE: Deliberate[] = [
  { exchange: 96, where: 'body', reason: 'no picture is made smaller: the preview is the picture itself' },
];

/**
 * Spans of the recording's clock, in ms, in which the real installation's threads raced. For the frames whose subject
 * is meant, order, values and doubled ones are luck there; their keys and types are compared all the same.
 */
export const RACES = [
  {
    from: 147_683,
    to: 149_700,
    what: /^/,
    reason: 'five messages posted at once to a resolved conversation',
  },
  { from: 204_003, to: 205_504, what: /^presence/, reason: 'told on subscribing and lost (contract §5.4)' },
  {
    from: 63_900,
    to: 69_400,
    what: /^(notification|assignee)/,
    reason: 'the jobs lagged behind the requests',
  },
  { from: 149_700, to: 159_000, what: /^message.created/, reason: '200 messages posted several at a time' },
];
