// The description of an installation that the end-to-end tests may run against (docs/your-installation.md).
// Reads it and says what is wrong with it. Talks to nobody.
import { readFileSync } from 'node:fs';
import * as v from 'valibot';

const text = v.pipe(v.string(), v.nonEmpty('is empty'));
const inbox = v.object({ identifier: text, hmacToken: text });

const schema = v.object({
  url: v.pipe(
    v.string(),
    v.regex(
      /^https?:\/\/[^/?#\s]+$/,
      'is not an origin, such as https://support.example.com, without a slash',
    ),
  ),
  accountId: v.pipe(v.number(), v.integer(), v.minValue(1)),
  agentToken: text,
  inboxes: v.object({ plain: inbox, strict: inbox, csat: inbox, single: inbox, bot: inbox }),
});

/** A running installation, with what it takes to be a customer and an agent there. */
export type Installation = v.InferOutput<typeof schema>;

/** Reads a description. Throws, naming the file and every wrong field, when it is not one. */
export function readInstallation(file: string): Installation {
  const { success, output, issues } = v.safeParse(schema, JSON.parse(readFileSync(file, 'utf8')));
  if (success) return output;
  const problems = issues.map((issue) => `  ${v.getDotPath(issue) ?? '(the whole)'}: ${issue.message}`);
  throw new Error(`${file} does not describe an installation:\n${problems.join('\n')}`);
}

/** The description that the environment asks for (CARBONCHAT_TEST_INSTALLATION), or null: start a server of our own. */
export function askedInstallation(): Installation | null {
  const file = process.env.CARBONCHAT_TEST_INSTALLATION;
  return file ? readInstallation(file) : null;
}
