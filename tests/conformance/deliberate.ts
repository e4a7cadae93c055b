// Owns everything that the comparison lets pass, each with its reason: what the in-memory server does otherwise on
// purpose, and what was luck at the real installation, which works with several threads.
// An entry of DELIBERATE that differs no more makes the test fail, as an unlisted difference does.

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
 * Spans of the recording's clock, in ms, in which threads raced. For the subjects that are meant, order, values and
 * doubled frames are luck there; keys and types are compared all the same.
 */
export const RACES = [
  {
    from: 147_683,
    to: 149_645,
    what: /^(conversation|message.created|notification)/,
    reason: 'five messages posted at once to a resolved conversation',
  },
  {
    from: 149_645,
    to: 149_646,
    what: /^answer/,
    reason: 'the list of these five, in the order of their luck',
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

/** In a race, one more or one less of these: equal frames are normal (contract §10.12). */
export const MAY_DOUBLE =
  /^(conversation\.(updated|status_changed)|presence|notification|message.created activity)/;

/**
 * Not compared in order: presence and confirmation race with each other (contract §5.4); people's and activity's
 * frames come from several workers, and only agents hear them.
 */
export const UNORDERED = /^(presence|confirm|contact|message.created activity)/;

/** Of a notification: what it tells of its conversation and of the others, as it was when its job ran. */
export const OF_A_JOB =
  /^notification\..*\.(primary_actor\..*|unread_count|count)$|^notification\.deleted.*\.notification\.id$/;

/** Seconds that a time may be off: what threads did at once is done one after the other here. */
export const TIME_TOLERANCE = 15;
