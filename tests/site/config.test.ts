import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig, siteForUrl } from '@/lib/site/config';
import { oneSite } from './sites';

function problemsOf(json: unknown): string[] {
  try {
    parseConfig(json);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('parseConfig', () => {
  it('keeps what a complete configuration says', () => {
    expect(parseConfig(oneSite())).toEqual(oneSite());
  });

  it('fills in the launcher, with no label so that its word follows the language', () => {
    const { launcher: _, ...bare } = oneSite().sites[0] ?? {};
    expect(parseConfig({ name: 'Acme Support', sites: [bare] }).sites[0]?.launcher).toEqual({
      enabled: true,
      label: null,
      position: 'bottom-end',
      color: '#1f6feb',
    });
  });

  it('takes an icon that is named', () => {
    expect(parseConfig({ ...oneSite(), icon: ' brand/logo.svg ' }).icon).toBe('brand/logo.svg');
    expect(problemsOf({ ...oneSite(), icon: ' ' })).toEqual(['icon: must not be empty']);
    expect(problemsOf({ ...oneSite(), icon: 7 })).toEqual(['icon: must be a text']);
  });

  it('writes addresses and colours in one way', () => {
    const site = parseConfig(
      oneSite({ installationUrl: 'https://Support.Acme.com:443/', launcher: { color: '#FFD400' } }),
    ).sites[0];
    expect(site?.installationUrl).toBe('https://support.acme.com');
    expect(site?.launcher.color).toBe('#ffd400');
  });

  it.each([
    'http://localhost:3000',
    'http://support.localhost:17820',
    'http://127.0.0.1:7810',
    'http://[::1]:7810',
  ])('accepts plain http on this machine: %s', (installationUrl) => {
    expect(parseConfig(oneSite({ installationUrl })).sites[0]?.installationUrl).toBe(installationUrl);
  });

  it.each([
    'http://support.acme.com',
    'http://192.168.1.5',
    'http://localhost.acme.com',
    'http://127.0.0.1.acme.com',
    'ftp://support.acme.com',
    'support.acme.com',
    '',
  ])('refuses an installation without https: "%s"', (installationUrl) => {
    expect(problemsOf(oneSite({ installationUrl }))).toEqual([
      'sites[0].installationUrl: must start with https:// and be the full address, for example https://support.example.com',
    ]);
  });

  it.each([
    'https://support.acme.com/help',
    'https://support.acme.com/?a',
    'https://me:secret@support.acme.com',
  ])('refuses more than the address of the server: %s', (installationUrl) => {
    expect(problemsOf(oneSite({ installationUrl }))).toEqual([
      'sites[0].installationUrl: must be the address of the server alone: no path, query, user name or password',
    ]);
  });

  it.each([
    [{ id: 'Acme!' }, 'sites[0].id: must be 1 to 40 of the characters a-z, 0-9 and -'],
    [{ name: ' ' }, 'sites[0].name: must not be empty'],
    [{ name: 7 }, 'sites[0].name: must be a text'],
    [{ matches: 'https://app.acme.com/*' }, 'sites[0].matches: must be a list'],
    [{ matches: [] }, 'sites[0].matches: must name at least one page'],
    [
      { matches: ['https://app.acme.com/*', '<all_urls>'] },
      'sites[0].matches[1]: must name a host; patterns for every website are not allowed',
    ],
    [
      { inboxIdentifier: 'a/b' },
      'sites[0].inboxIdentifier: must be 1 to 100 letters, digits, - or _, as the inbox settings show it',
    ],
    [{ launcher: { position: 'top' } }, 'sites[0].launcher.position: must be bottom-end or bottom-start'],
    [{ launcher: { color: 'red' } }, 'sites[0].launcher.color: must look like #1f6feb'],
    [{ launcher: { label: 'x'.repeat(31) } }, 'sites[0].launcher.label: must have at most 30 characters'],
    [{ launcher: { enabled: 'yes' } }, 'sites[0].launcher.enabled: must be true or false'],
    [{ launcher: { colour: '#ffffff' } }, 'sites[0].launcher.colour: is not a known field'],
  ])('names the field of a mistake: %j', (change, problem) => {
    expect(problemsOf(oneSite(change))).toEqual([problem]);
  });

  it('names every mistake, a missing field and a second site with the same id included', () => {
    const site = oneSite().sites[0];
    const { inboxIdentifier: _, ...incomplete } = site ?? {};
    expect(problemsOf({ sites: [incomplete, site, site] })).toEqual([
      'name: is missing',
      'sites[0].inboxIdentifier: is missing',
    ]);
    expect(problemsOf({ name: 'Acme', sites: [site, site] })).toEqual([
      'sites[1]: has the id of another site',
    ]);
  });

  it('says that the whole must be an object with at least one site', () => {
    expect(problemsOf(7)).toEqual(['must be an object']);
    expect(problemsOf({ name: 'Acme', sites: [] })).toEqual(['sites: must name at least one site']);
  });
});

describe('siteForUrl', () => {
  const [acme, pluck] = [
    oneSite().sites,
    oneSite({ id: 'pluck', matches: ['https://*.pluck.com/app/*'] }).sites,
  ];
  const config = { name: 'Both', sites: [...acme, ...pluck] };

  it('finds the site whose pattern covers the page', () => {
    expect(siteForUrl(config, 'https://app.acme.com/invoices?page=2')?.id).toBe('acme');
    expect(siteForUrl(config, 'https://eu.pluck.com/app/')?.id).toBe('pluck');
  });

  it('finds none for other pages', () => {
    expect(siteForUrl(config, 'https://www.acme.com/')).toBeNull();
    expect(siteForUrl(config, 'https://eu.pluck.com/blog')).toBeNull();
    expect(siteForUrl(config, 'about:blank')).toBeNull();
  });
});
