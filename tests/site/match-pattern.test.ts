import { describe, expect, it } from 'vitest';
import { manifestPattern, matchesUrl, patternProblem } from '@/lib/site/match-pattern';

describe('patternProblem', () => {
  it.each([
    'https://app.acme.com/*',
    '*://app.acme.com/*',
    'https://*.acme.com/app/*',
    'http://ledgerly.localhost:7811/*',
    'http://*.localhost/*',
    'http://[::1]:7811/*',
    'https://bücher.example/*',
  ])('accepts %s', (pattern) => {
    expect(patternProblem(pattern)).toBeNull();
  });

  it.each(['<all_urls>', '*://*/*', 'https://*/*', 'https://*:8443/*', 'https://*'])(
    'refuses every host: %s',
    (pattern) => {
      expect(patternProblem(pattern)).toBe('must name a host; patterns for every website are not allowed');
    },
  );

  it('refuses a whole top-level domain', () => {
    expect(patternProblem('https://*.com/*')).toBe('is too broad: *.com covers every website below it');
  });

  it.each([
    'app.acme.com',
    'https://app.acme.com',
    'https:///*',
    'file:///etc/*',
    'ftp://app.acme.com/*',
    'https://app.*.com/*',
    'https://me@app.acme.com/*',
    'https://app.acme.com:99999/*',
    'https://app acme.com/*',
    '',
  ])('refuses what is not a pattern: "%s"', (pattern) => {
    expect(patternProblem(pattern)).toBe('must look like https://app.example.com/* (scheme, host, path)');
  });
});

describe('manifestPattern', () => {
  it.each([
    ['http://ledgerly.localhost:7811/*', 'http://ledgerly.localhost/*'],
    ['https://*.Acme.com:8443/app/*', 'https://*.acme.com/app/*'],
    ['*://app.acme.com/*', '*://app.acme.com/*'],
    ['http://[::1]:7810/*', 'http://[::1]/*'],
  ])('leaves the port out of %s', (pattern, expected) => {
    expect(manifestPattern(pattern)).toBe(expected);
  });
});

describe('matchesUrl', () => {
  it.each([
    ['https://app.acme.com/*', 'https://app.acme.com/'],
    ['https://app.acme.com/*', 'https://APP.acme.com:443/a/b?c=d#e'],
    ['https://app.acme.com:443/*', 'https://app.acme.com/'],
    ['*://app.acme.com/*', 'http://app.acme.com/'],
    ['https://*.acme.com/*', 'https://acme.com/'],
    ['https://*.acme.com/*', 'https://a.b.acme.com/'],
    ['http://ledgerly.localhost:7811/*', 'http://ledgerly.localhost:7811/invoices'],
    ['https://app.acme.com/*/edit', 'https://app.acme.com/a/b/edit'],
    ['https://app.acme.com/a*b*c', 'https://app.acme.com/a-b-b-c'],
    ['https://app.acme.com/login?next=*', 'https://app.acme.com/login?next=/'],
    ['https://bücher.example/*', 'https://xn--bcher-kva.example/'],
  ])('%s covers %s', (pattern, url) => {
    expect(matchesUrl(pattern, url)).toBe(true);
  });

  it.each([
    ['https://app.acme.com/*', 'http://app.acme.com/'],
    ['https://app.acme.com/*', 'https://app.acme.com:8443/'],
    ['https://app.acme.com/*', 'https://app.acme.com.evil.com/'],
    ['https://app.acme.com/*', 'https://evil.com/https://app.acme.com/'],
    ['https://app.acme.com/*', 'https://app.acme.com@evil.com/'],
    ['https://*.acme.com/*', 'https://evilacme.com/'],
    ['http://ledgerly.localhost:7811/*', 'http://ledgerly.localhost/'],
    ['http://ledgerly.localhost:7811/*', 'http://ledgerly.localhost:7812/'],
    ['*://app.acme.com/*', 'ftp://app.acme.com/'],
    ['https://app.acme.com/app', 'https://app.acme.com/app/'],
    ['https://app.acme.com/a*a', 'https://app.acme.com/a'],
    ['https://app.acme.com/a*b*c', 'https://app.acme.com/a-c-b'],
    ['https://app.acme.com/*', 'not an address'],
    ['https://app.acme.com/*', 'about:blank'],
  ])('%s does not cover %s', (pattern, url) => {
    expect(matchesUrl(pattern, url)).toBe(false);
  });
});
