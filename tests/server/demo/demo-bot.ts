// Owns the bot of the demo: greets with a choice, answers a little, hands over to a person. For the demo only.
// Must not reach into the server: it speaks the account API with its own token. Real bots hear by webhook, which this
// server has not, so this one looks with an agent's token.

import { setTimeout as after } from 'node:timers/promises';
import { type AccountMessage, type AgentClient, createAgentClient } from '../testing/agent-client';

type BotOptions = {
  /** Origin of the CarbonChat. */
  url: string;
  accountId: number;
  /** Looks at conversations. */
  agentToken: string;
  /** Speaks. */
  botToken: string;
  /** Milliseconds between two looks. */
  lookEvery?: number;
};

const PERSON = { title: 'Human please', value: 'human' };
const CHOICES = [{ title: 'Where are my invoices?', value: 'invoices' }, PERSON];

type Turn = 'greet' | 'explain' | 'tell-where' | 'hand-over' | 'wait';

/** What the bot does next in a pending conversation with these messages, oldest first. */
function nextTurn(messages: AccountMessage[]): Turn {
  const said = messages.filter((message) => message.message_type !== 2 && !message.private);
  const last = said.at(-1);
  const choice = said.findLast(({ content_type }) => content_type === 'input_select');
  if (last === undefined) return 'wait';
  if (choice === undefined) return 'greet';
  const [answer] = (choice.content_attributes.submitted_values ?? []) as { value?: unknown }[];
  const asked = said.some(
    (message) => message.message_type === 0 && /human please/i.test(message.content ?? ''),
  );
  if (asked || answer?.value === PERSON.value) return 'hand-over';
  if (last === choice && answer !== undefined) return 'tell-where';
  return last.message_type === 0 ? 'explain' : 'wait';
}

async function take(bot: AgentClient, id: number, turn: Turn): Promise<void> {
  if (turn === 'greet')
    await bot.reply(id, 'Hello, I am a bot. What can I do?', {
      content_type: 'input_select',
      content_attributes: { items: CHOICES },
    });
  if (turn === 'tell-where') await bot.reply(id, 'Under Invoices, the first entry of the menu.');
  if (turn === 'explain')
    await bot.reply(id, `I know few answers. Write “${PERSON.title}” to talk to a person.`);
  if (turn !== 'hand-over') return;
  await bot.reply(id, 'A person will answer you here.');
  await bot.open(id);
}

/** Starts the bot; it looks after every pending conversation of the account until `stop` resolves. */
export function startDemoBot({ url, accountId, agentToken, botToken, lookEvery = 400 }: BotOptions) {
  const eyes = createAgentClient(() => url, accountId, agentToken);
  const bot = createAgentClient(() => url, accountId, botToken);
  const ended = new AbortController();

  async function look(): Promise<void> {
    for (const { id, status } of await eyes.conversations())
      if (status === 'pending') await take(bot, id, nextTurn(await eyes.messages(id)));
  }
  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      await look().catch((error) => console.error(`The demo bot could not answer: ${error}`));
      await after(lookEvery, undefined, { signal: ended.signal }).catch(() => {});
    }
  }
  const running = run();
  return {
    /** Resolves when its last look is over. */
    stop: async (): Promise<void> => {
      ended.abort();
      await running;
    },
  };
}
