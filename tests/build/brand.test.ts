// @vitest-environment node
// Built for another company, the extension shows nothing of ours: not our name, our colour or our icon.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brandIcons, iconSizes } from '@/lib/build/brand-icon';
import { type Build, buildExtension } from './build-extension';
import { readPng } from './png';

const folder = mkdtempSync(join(tmpdir(), 'carbonchat-brand-'));
/** As the configuration names it, which lies in a folder beside this one. */
const icon = `../${basename(folder)}/logo.svg`;
writeFileSync(
  join(folder, 'logo.svg'),
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#ffd400"/></svg>',
);
afterAll(() => rmSync(folder, { recursive: true }));

const site = (id: string, name: string) => ({
  id,
  name,
  matches: [`https://${id}.example/*`],
  installationUrl: `https://support.${id}.example`,
  inboxIdentifier: `inbox-of-${id}`,
  launcher: { color: '#ffd400' },
});
const brand = { name: 'Pluck Help', icon, sites: [site('pluck', 'Pluck'), site('harp', 'Harp')] };

/** The names that only a developer sees: of an element, a data base, a page's block and events, the console's lines. */
const developersNames = /carbonchat-help|carbonchat-history|data-carbonchat-user|carbonchat:|CarbonChat: /g;
const ours = /carbonchat|ledgerly|1f6feb/i;

describe.each(['chrome', 'firefox'] as const)('another company’s extension for %s', (browser) => {
  let build: Build;
  let manifest: Record<string, unknown>;
  beforeAll(async () => {
    build = await buildExtension(browser, brand);
    expect(build.code, build.output).toBe(0);
    manifest = JSON.parse(readFileSync(join(build.dir, 'manifest.json'), 'utf8'));
  }, 120_000);
  afterAll(() => build.remove());

  it('has its name, its pages and its servers', () => {
    expect(manifest).toMatchObject({ name: 'Pluck Help', description: '__MSG_extensionDescription__' });
    const pages = ['https://harp.example/*', 'https://pluck.example/*'];
    expect(manifest.content_scripts).toMatchObject([{ matches: pages }]);
    const asked = [manifest.permissions, manifest.host_permissions].flat();
    for (const host of [...pages, 'https://support.pluck.example/*', 'https://support.harp.example/*'])
      expect(asked).toContain(host);
  });

  it('has its icon in every size', async () => {
    const icons = await brandIcons(join(folder, 'logo.svg'));
    for (const size of iconSizes) {
      const png = readFileSync(join(build.dir, `icon/${size}.png`));
      expect(png.equals(icons.get(size) ?? Buffer.of()), `${size} pixels`).toBe(true);
      const { width, height, at } = readPng(png);
      expect([width, height]).toEqual([size, size]);
      expect(at(size / 2, size / 2)).toEqual([0xff, 0xd4, 0x00, 255]);
      expect(at(0, 0)[3]).toBe(0);
    }
    expect(readdirSync(join(build.dir, 'icon'))).toHaveLength(iconSizes.length);
  });

  it('says nothing of ours in any file', () => {
    const files = readdirSync(build.dir, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(files.length).toBeGreaterThan(10);
    const ourIcons = iconSizes.map((size) => readFileSync(`public/icon/${size}.png`));
    for (const { parentPath, name } of files) {
      const bytes = readFileSync(join(parentPath, name));
      const text = bytes.toString('latin1').replace(developersNames, '');
      expect(`${name} ${text.match(ours)?.[0]}`).toBe(`${name} undefined`);
      expect(
        ourIcons.some((png) => png.equals(bytes)),
        name,
      ).toBe(false);
    }
  });
});

it('stops where the icon cannot be used, and names the field', async () => {
  const build = await buildExtension('chrome', { ...brand, icon: 'none.png' });
  expect(build.code).not.toBe(0);
  expect(build.output).toMatch(/config\.json cannot be used:\s+icon: .*none\.png cannot be read/);
  await build.remove();
}, 120_000);
