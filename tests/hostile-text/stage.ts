// What a test asks of a page with a way to draw messages: to draw hostile ones, and to say what came of it.
import { fuzzed } from './fuzz';
import type { Problem } from './judge';
import { heldPayloads, payloads } from './payloads';
import { type Wire, wireMessages } from './wire-messages';
import type { Witness } from './witness';

export interface Outcome {
  /** What the judge found, each kind with the first place. */
  problems: Record<string, string>;
  messages: number;
  elements: number;
  links: number;
}

/** One page's way to draw messages from the server. */
export interface Drawing {
  /** Draws these and nothing else; all is drawn when it returns. */
  draw(wires: readonly Wire[]): void;
  /** What the judge says of all that is drawn. */
  problems(): Problem[];
}

/** Messages that are drawn at once. */
const batch = 200;

export interface Stage {
  witness: Witness;
  payloadCount: number;
  /** Every payload in every place of every kind of message; those held in texts in some of them each. */
  showPayloads(): Promise<Outcome>;
  /** Texts of a seed, each in some place of some kind of message. */
  showFuzzed(seed: number, from: number, to: number): Promise<Outcome>;
}

export function createStage(witness: Witness, drawing: Drawing): Stage {
  async function show(wires: Iterable<Wire>): Promise<Outcome> {
    const outcome: Outcome = { problems: {}, messages: 0, elements: 0, links: 0 };
    const waiting: Wire[] = [];
    const look = async () => {
      drawing.draw(waiting);
      outcome.messages += waiting.splice(0).length;
      outcome.elements += document.querySelectorAll('*').length;
      outcome.links += document.querySelectorAll('a[href]').length;
      for (const { what, where } of drawing.problems()) outcome.problems[what] ??= where;
      // What a picture or a frame runs, it runs later.
      await new Promise((resolve) => setTimeout(resolve));
    };
    for (const wire of wires) {
      if (waiting.push(wire) === batch) await look();
    }
    if (waiting.length > 0) await look();
    return outcome;
  }

  return {
    witness,
    payloadCount: payloads.length + heldPayloads.length,
    showPayloads: () =>
      show([
        ...payloads.flatMap((text, index) => wireMessages(text, 1 + index * 100)),
        ...heldPayloads.flatMap((text, index) =>
          wireMessages(text, 100_000 + index * 100).filter((_, place) => place % 9 === index % 9),
        ),
      ]),
    showFuzzed(seed, from, to) {
      function* texts() {
        for (let index = from; index < to; index++) {
          const { text, choice } = fuzzed(seed, index);
          const all = wireMessages(text, 1_000_000 + index * 100);
          const one = all[Math.floor(choice * all.length)];
          if (one) yield one;
        }
      }
      return show(texts());
    },
  };
}
