// `npm run test:packages`: the store packages of a company of its own are the same bytes when they are made again, and
// when they are made from their own source package, on nothing but what `npm ci` brings.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import JSZip from 'jszip';
import { run } from './run';

const brand = {
  name: 'Pluck & Söhne',
  icon: 'logo.svg',
  sites: [
    {
      id: 'pluck',
      name: 'Pluck',
      matches: ['https://app.pluck.example/*'],
      installationUrl: 'https://support.pluck.example',
      inboxIdentifier: 'pluck-inbox',
      launcher: { color: '#ffd400' },
    },
  ],
};
const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#ffd400"/></svg>';

const folder = mkdtempSync(join(tmpdir(), 'carbonchat-packages-'));

async function must(
  command: string,
  args: string[],
  env: Record<string, string>,
  cwd?: string,
): Promise<void> {
  const code = await run(command, args, env, cwd);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
}

/** Makes the packages in `root` and answers the bytes of each, by its name. */
async function packagesOf(root: string, outDir: string, config?: string): Promise<Map<string, Buffer>> {
  const env = { CARBONCHAT_OUT_DIR: outDir, CARBONCHAT_CONFIG: config ?? 'carbonchat.config.json' };
  await must('npm', ['run', '--silent', 'zip'], env, root);
  const names = readdirSync(outDir).filter((name) => name.endsWith('.zip'));
  return new Map(names.sort().map((name) => [name, readFileSync(join(outDir, name))]));
}

async function unpack(zip: Buffer, into: string): Promise<void> {
  const { files } = await JSZip.loadAsync(zip);
  for (const file of Object.values(files)) {
    mkdirSync(dirname(join(into, file.name)), { recursive: true });
    writeFileSync(join(into, file.name), await file.async('nodebuffer'));
  }
}

/** Throws unless both are the same packages to the byte. */
function mustBeEqual(
  made: ReadonlyMap<string, Buffer>,
  again: ReadonlyMap<string, Buffer>,
  how: string,
): void {
  if ([...made.keys()].join() !== [...again.keys()].join())
    throw new Error(`${how}: made ${[...again.keys()]}, not ${[...made.keys()]}`);
  for (const [name, bytes] of made) {
    const other = again.get(name);
    if (!other?.equals(bytes)) throw new Error(`${how}: ${name} differs`);
    console.log(`${how}: ${name} is the same, sha256 ${createHash('sha256').update(bytes).digest('hex')}`);
  }
}

try {
  const config = join(folder, 'brand.config.json');
  writeFileSync(config, JSON.stringify(brand));
  writeFileSync(join(folder, 'logo.svg'), logo);
  const made = await packagesOf(process.cwd(), join(folder, 'once'), config);
  const again = await packagesOf(process.cwd(), join(folder, 'twice'), config);
  const [, source] = [...made].find(([name]) => name.endsWith('-sources.zip')) ?? [];
  if (made.size !== 3 || !source) throw new Error(`made ${[...made.keys()]}`);
  mustBeEqual(made, again, 'Made again');

  const root = join(folder, 'source');
  await unpack(source, root);
  await must('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], {}, root);
  mustBeEqual(made, await packagesOf(root, join(root, '.output')), 'Made from its own source');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
