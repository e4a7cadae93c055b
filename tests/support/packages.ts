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

/** Makes the packages in `root` and answers the bytes of each, by its name. `zone` is the clock's. */
async function packagesOf(
  root: string,
  outDir: string,
  zone: string,
  config = 'carbonchat.config.json',
): Promise<Map<string, Buffer>> {
  const env = { CARBONCHAT_OUT_DIR: outDir, CARBONCHAT_CONFIG: config, TZ: zone };
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

/** Throws unless these are all the packages, named after the brand and the version. */
function mustBeNamed(made: ReadonlyMap<string, Buffer>): void {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const expected = ['chrome', 'firefox', 'sources'].map((kind) => `pluck-söhne-${version}-${kind}.zip`);
  if ([...made.keys()].join() !== expected.join())
    throw new Error(`made ${[...made.keys()]}, not ${expected}`);
}

/** What the source package holds at its top: what builds it and `npm start`, and the company's own two files. */
const sourceFiles = [
  ...[
    'ARCHITECTURE.md',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'carbonchat.config.json',
    'components',
    'docs',
  ],
  ...[
    'entrypoints',
    'icon.svg',
    'lib',
    'package-lock.json',
    'package.json',
    'public',
    'tests',
    'tsconfig.json',
  ],
  'wxt.config.ts',
];

/** Throws where the source package, unpacked in `root`, lacks something or has what nobody may be given. */
function mustBeSource(root: string): void {
  const top = readdirSync(root).sort();
  if (top.join() !== sourceFiles.join()) throw new Error(`the source package has ${top}, not ${sourceFiles}`);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const strange = paths.filter((path) => /(^|[/\\])(\.|node_modules)/.test(path));
  if (strange.length > 0) throw new Error(`the source package has ${strange}`);
  const { name, icon } = JSON.parse(readFileSync(join(root, 'carbonchat.config.json'), 'utf8'));
  if (name !== brand.name || icon !== 'icon.svg')
    throw new Error(`the source package is for ${name}, ${icon}`);
  if (readFileSync(join(root, icon), 'utf8') !== logo) throw new Error('the source package has another icon');
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
  const made = await packagesOf(process.cwd(), join(folder, 'once'), 'UTC', config);
  mustBeNamed(made);
  // Elsewhere on earth it is another hour, often another day.
  const again = await packagesOf(process.cwd(), join(folder, 'twice'), 'Pacific/Auckland', config);
  mustBeEqual(made, again, 'Made again');

  const root = join(folder, 'source');
  const [source] = [...made].filter(([name]) => name.endsWith('-sources.zip')).map(([, bytes]) => bytes);
  await unpack(source ?? Buffer.of(), root);
  mustBeSource(root);
  await must('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], {}, root);
  mustBeEqual(made, await packagesOf(root, join(root, '.output'), 'UTC'), 'Made from its own source');
} catch (error) {
  console.error(`\nThe packages are not as they must be: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
