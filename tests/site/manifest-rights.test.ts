import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, hostPermissions, pagePatterns } from '@/lib/site/manifest-rights';
import { oneSite } from './sites';

const local = oneSite({
  matches: ['http://ledgerly.localhost:7811/*', 'http://ledgerly.localhost:7812/*'],
  installationUrl: 'http://127.0.0.1:7810',
});

describe('the rights that a configuration asks for', () => {
  it('covers pages and installation, each once and without ports', () => {
    expect(pagePatterns(local)).toEqual(['http://ledgerly.localhost/*']);
    expect(hostPermissions(local)).toEqual(['http://ledgerly.localhost/*', 'http://127.0.0.1/*']);
  });

  it('needs nothing named in the policy for an installation with https', () => {
    expect(contentSecurityPolicy(oneSite())).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' https: wss:; " +
        "img-src 'self' blob: https:; media-src 'self' blob: https:; font-src 'self'; frame-ancestors 'none'; " +
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
  });

  it('names an installation with plain http, its socket included', () => {
    const policy = contentSecurityPolicy(local).split('; ');
    expect(policy).toContain("connect-src 'self' https: wss: http://127.0.0.1:7810 ws://127.0.0.1:7810");
    expect(policy).toContain("img-src 'self' blob: https: http://127.0.0.1:7810");
    expect(policy).toContain("media-src 'self' blob: https: http://127.0.0.1:7810");
    expect(policy.join()).not.toContain("script-src 'self' http");
  });
});
