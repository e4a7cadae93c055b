// The configuration (design §8): its schema and defaults, and which site a page belongs to.
// Used by the build and by the background; never reads files or storage itself.
import * as v from 'valibot';
import { matchesUrl, patternProblem } from './match-pattern';

const words = (max: number) =>
  v.pipe(
    v.string('must be a text'),
    v.trim(),
    v.nonEmpty('must not be empty'),
    v.maxLength(max, `must have at most ${max} characters`),
  );

const pattern = v.pipe(
  v.string('must be a text'),
  v.rawCheck(({ dataset, addIssue }) => {
    const problem = dataset.typed ? patternProblem(dataset.value) : null;
    if (problem !== null) addIssue({ message: problem });
  }),
);

const installationUrl = v.pipe(
  v.string('must be a text'),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const url = URL.canParse(dataset.value) ? new URL(dataset.value) : null;
    if (url === null || !isSecureEnough(url)) {
      addIssue({
        message: 'must start with https:// and be the full address, for example https://support.example.com',
      });
      return NEVER;
    }
    if (url.href !== `${url.origin}/`) {
      addIssue({ message: 'must be the address of the server alone: no path, query, user name or password' });
      return NEVER;
    }
    return url.origin;
  }),
);

const launcher = v.strictObject({
  enabled: v.optional(v.boolean('must be true or false'), true),
  label: v.optional(v.nullable(words(30)), null),
  position: v.optional(
    v.picklist(['bottom-end', 'bottom-start'], 'must be bottom-end or bottom-start'),
    'bottom-end',
  ),
  color: v.optional(
    v.pipe(v.string('must be a text'), v.regex(/^#[0-9a-f]{6}$/i, 'must look like #1f6feb'), v.toLowerCase()),
    '#1f6feb',
  ),
});

const site = v.strictObject({
  id: v.pipe(
    v.string('must be a text'),
    v.regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 of the characters a-z, 0-9 and -'),
  ),
  name: words(60),
  matches: v.pipe(v.array(pattern, 'must be a list'), v.nonEmpty('must name at least one page')),
  installationUrl,
  inboxIdentifier: v.pipe(
    v.string('must be a text'),
    v.regex(/^[\w-]{1,100}$/, 'must be 1 to 100 letters, digits, - or _, as the inbox settings show it'),
  ),
  launcher: v.optional(launcher, {}),
});

const config = v.strictObject({
  name: words(75),
  // A file beside the configuration: for the build alone.
  icon: v.optional(words(300)),
  sites: v.pipe(
    v.array(site, 'must be a list'),
    v.nonEmpty('must name at least one site'),
    v.checkItems(
      (item, index, sites) => sites.findIndex((other) => other.id === item.id) === index,
      'has the id of another site',
    ),
  ),
});

/** Names the extension and the companies it talks to. `installationUrl` is an origin without a final slash. */
export type Config = v.InferOutput<typeof config>;

/** One company: its pages and its inbox. `launcher.label` null: the word for "Help" in the user's language. */
export type Site = Config['sites'][number];

/** What is wrong with a configuration, field by field (`sites[0].installationUrl`; '' is the whole). */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly { field: string; problem: string }[];

  constructor(problems: readonly { field: string; problem: string }[]) {
    super(problems.map(({ field, problem }) => (field ? `${field}: ${problem}` : problem)).join('\n'));
    this.problems = problems;
  }
}

/** Checks a configuration and fills in the defaults (design §8). Throws ConfigError, which names every bad field. */
export function parseConfig(json: unknown): Config {
  const result = v.safeParse(config, json);
  if (result.success) return result.output;
  throw new ConfigError(result.issues.map((issue) => ({ field: fieldOf(issue), problem: problemOf(issue) })));
}

/** The first site that claims a page's address; null: none does. */
export function siteForUrl(config: Config, url: string): Site | null {
  return config.sites.find((site) => site.matches.some((pattern) => matchesUrl(pattern, url))) ?? null;
}

/** https; plain http only to this very machine, where nobody can listen in. */
export function isSecureEnough({ protocol, hostname }: URL): boolean {
  const loopback = /^(localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && loopback);
}

function fieldOf(issue: v.BaseIssue<unknown>): string {
  return (issue.path ?? []).reduce(
    (field, { key }) => (typeof key === 'number' ? `${field}[${key}]` : `${field}${field ? '.' : ''}${key}`),
    '',
  );
}

// Objects get their words here: in the schema the same message would serve missing and unknown fields alike.
function problemOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== 'strict_object') return issue.message;
  if (issue.expected === 'never') return 'is not a known field';
  return issue.received === 'undefined' ? 'is missing' : 'must be an object';
}
