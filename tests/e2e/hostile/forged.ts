// Every command there is, well-formed and about what the person really has, so that nothing but its sender speaks against
// it. New commands come in by themselves.
import { type CommandType, commandSchemas, viewMessageSchema } from '@/lib/messaging/commands';
import { mayCome, type SenderKind } from '@/lib/messaging/senders';
import type { Snapshot } from '@/lib/messaging/view-updates';
import { echoId as sampleEchoId } from '../../background/samples';
import { commands } from '../../messaging/commands';
import type { Attempt, Verdicts } from './attack';

const types = Object.keys(commandSchemas) as CommandType[];

/** What a panel says first, before it knows anything. */
export const opening: { type: string } = {
  ...Object.fromEntries(Object.keys(viewMessageSchema.options[0].entries).map((key) => [key, null])),
  type: 'view.open',
};

/** All commands, about the first conversation and the failed message of what a panel shows, as far as there are such. */
export function forgedCommands({ site, conversations, outbox }: Snapshot): Record<CommandType, object> {
  const conversationId = conversations[0]?.id;
  const conversationKey = conversationId && String(conversationId);
  const failed = outbox.find(({ status }) => status === 'failed');
  const real: Record<string, unknown> = { ...site, conversationId, conversationKey };
  const withRealIds = ([field, value]: [string, unknown]) => {
    if (value === sampleEchoId) return [field, failed?.echoId ?? value];
    return [field, field === 'type' ? value : (real[field] ?? value)];
  };
  const forged = types.map((type) => [
    type,
    Object.fromEntries(Object.entries(commands[type]).map(withRealIds)),
  ]);
  return Object.fromEntries(forged);
}

/** An attempt with those of them that a kind of sender may not send, or with all. */
export function attempt(all: Record<CommandType, object>, forbiddenTo?: SenderKind): Attempt {
  const chosen = types.filter((type) => !forbiddenTo || !mayCome[type].includes(forbiddenTo));
  return { target: null, commands: Object.fromEntries(chosen.map((type) => [type, all[type]])), opening };
}

/** What a kind of sender is heard with, of all that there is. */
export function allowedTo(kind: SenderKind): string[] {
  const port = kind === 'panel' ? ['port'] : [];
  return [...port, ...types.filter((type) => mayCome[type].includes(kind))].sort();
}

export function heardOf(verdicts: Verdicts): string[] {
  return Object.keys(verdicts)
    .filter((name) => verdicts[name] === 'heard')
    .sort();
}
