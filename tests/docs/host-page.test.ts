// @vitest-environment node
// docs/host-page.md, what runs on a site's server: each example is run as it stands, and its hashes and blocks are judged
// by the server's own check and by the extension's own reading.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePageUser } from '@/lib/site/page-user';
import { DEMO_INBOXES } from '../server/demo/demo-inboxes';
import { kindOf } from '../server/demo/inbox-kinds';
import { type CarbonChatServer, startServer } from '../server/server';
import { adviceFor } from '../support/interpreters';
import { examplesOf } from './examples';

const people = [
  ['user-4711', 'Ana Marić', 'ana@example.com'],
  ['42', 'Bob', 'bob@example.com'],
  ['jürgen.groß@firma.example', 'Jürgen Groß', 'juergen@firma.example'],
  ['😀🇭🇷', 'Emoji 👩‍👩‍👧', 'emoji@example.com'],
  [`"quoted" and 'quoted' \\ <back>`, `O'Brien "Pat" \\`, 'pat@example.com'],
  ['with space & ampersand', '</script><script>alert(1)</script>', 'script@example.com'],
  ['日本語', 'مريم', 'rtl@example.com'],
  ['a'.repeat(255), '<!--', 'long@example.com'],
] as const;

/** How each language is run, and what is put behind its example: all of `people` in, hashes and blocks out. */
const languages = {
  js: {
    program: process.execPath,
    file: 'example.mjs',
    rest: `
import { readFileSync } from 'node:fs';
const people = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(people.map((person) => [identifierHash(person[0]), identityBlock(...person)])));`,
  },
  python: {
    program: 'python3',
    file: 'example.py',
    rest: `
import sys
people = json.loads(sys.stdin.buffer.read().decode())
print(json.dumps([[identifier_hash(person[0]), identity_block(*person)] for person in people]))`,
  },
  ruby: {
    program: 'ruby',
    file: 'example.rb',
    rest: `
people = JSON.parse($stdin.binmode.read.force_encoding("UTF-8"))
$stdout.binmode.write(JSON.generate(people.map { |person| [identifier_hash(person[0]), identity_block(*person)] }))`,
  },
} as const;
type Language = keyof typeof languages;

const examples = examplesOf('docs/host-page.md');
let server: CarbonChatServer;
let folder: string;

beforeAll(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), 'carbonchat-docs-'));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** Runs the first example in a language; hash and block of each person. */
async function run(language: Language, token: string): Promise<[string, string][]> {
  const { program, file, rest } = languages[language];
  const code = examples.find((example) => example.language === language)?.code;
  const path = join(folder, file);
  await writeFile(path, `${code}${rest}\n`);
  return new Promise((resolve, reject) => {
    const env = { ...process.env, CARBONCHAT_HMAC_TOKEN: token };
    const child = execFile(program, [path], { env }, (error, answer, complaint) => {
      const isMissing = error?.code === 'ENOENT' && (program === 'python3' || program === 'ruby');
      if (isMissing) reject(new Error(adviceFor(program)));
      else if (error) reject(new Error(`${language}: ${complaint}`));
      else resolve(JSON.parse(answer));
    });
    child.stdin?.end(JSON.stringify(people));
  });
}

const strict = DEMO_INBOXES.find((inbox) => kindOf(inbox) === 'strict');

/** What the server says to a person with this hash, on the inbox that insists on one. */
async function statusFor(identifier: string, hash: string): Promise<number> {
  const { status } = await fetch(`${server.url}/public/api/v1/inboxes/${strict?.identifier}/contacts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identifier, identifier_hash: hash }),
  });
  return status;
}

describe.each(Object.keys(languages) as Language[])('the example in %s', (language) => {
  it('makes hashes that the server takes, and that fit nobody else', async () => {
    const made = await run(language, strict?.hmacToken ?? '');
    expect(made).toHaveLength(people.length);
    for (const [index, [identifier]] of people.entries()) {
      const hash = made[index]?.[0] ?? '';
      const next = people[(index + 1) % people.length]?.[0] ?? '';
      expect(await statusFor(identifier, hash), identifier).toBe(200);
      expect(await statusFor(next, hash), identifier).toBe(500);
    }
    const [foreign] = await run(language, 'another token');
    expect(await statusFor(people[0][0], foreign?.[0] ?? '')).toBe(500);
  });

  it('makes blocks that say the person whole, and that no name can break out of', async () => {
    const made = await run(language, 'secret');
    for (const [index, [identifier, name, email]] of people.entries()) {
      const [hash, block = ''] = made[index] ?? [];
      const [, text = ''] =
        /^<script type="application\/json" data-carbonchat-user>(.*)<\/script>$/.exec(block) ?? [];
      expect(text).not.toMatch(/<|^$/);
      expect(parsePageUser(text)).toMatchObject({
        kind: 'user',
        user: { identifier, hash, name, email },
        problems: [],
      });
    }
  });

  it('makes the hash that the document names', async () => {
    const [[hash] = []] = await run(language, 'secret');
    expect(examples.some(({ code }) => code.includes(`"identifierHash": "${hash}"`))).toBe(true);
  });
});
