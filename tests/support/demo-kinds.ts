// What `npm start` says of each kind of inbox: what to try, and which kinds there are. Starts nothing.
import { INBOX_KINDS, type InboxKind } from '../server/demo/inbox-kinds';

const TO_TRY: Record<InboxKind, string> = {
  plain: 'Start a conversation there and answer it in the agent console, the second tab.',
  csat: `Start a conversation there: the first message is answered by a greeting. Answer it in the agent console,
   the second tab, and press Resolve: the customer is asked for a rating, once per conversation.`,
  strict: `This inbox takes no anonymous customers; see what the panel says. Press "Sign in" at the top of the demo site (any
   name and e-mail address do): now start a conversation and answer it in the agent console, the second tab.`,
  single: `Start a conversation there, resolve it in the agent console, the second tab, and start another one: it is the
   same conversation again, and your message reopens it.`,
  bot: `Start a conversation there: it is "Pending" in the agent console, the second tab, and the bot greets. Write
   "Human please" and the bot hands it over: from then on you answer in the console.`,
};

/** The kind that the word on the command line names, `plain` without one; null when there is no such kind. */
export function readKind(word = 'plain'): InboxKind | null {
  return INBOX_KINDS.find((kind) => kind === word) ?? null;
}

/** One line for somebody who asked for a kind that does not exist. */
export function unknownKind(word: string | undefined): string {
  return `There is no inbox kind "${word}". Choose one of: ${INBOX_KINDS.join(', ')}. For example: npm start -- csat`;
}

/** The numbered steps to try out with an inbox of that kind. */
export function stepsFor(kind: InboxKind, helpLabel: string): string {
  return `1. On the demo site click "${helpLabel}" in the corner: the side panel opens.
2. ${TO_TRY[kind]}
3. In the console try "Send…" (choices, a form, cards, articles, a rating), "Attach", the four states and "Block".
   Answer in the panel: the console shows the answer.`;
}
