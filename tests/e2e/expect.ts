// `expect` for scenarios that run in both browsers: Playwright's own for its pages and locators, for values, `poll` and
// `toPass`; ours for what the driver of Firefox hands out.
import { expect as playwrights } from '@playwright/test';
import { FirefoxLocator } from './driver/firefox/firefox-locator';
import { FirefoxPage } from './driver/firefox/firefox-page';
import { matchersOfLocator, matchersOfPage } from './driver/firefox/matchers';

export const expect = new Proxy(playwrights, {
  apply(target, self, [actual, ...more]) {
    if (actual instanceof FirefoxLocator) return matchersOfLocator(actual);
    if (actual instanceof FirefoxPage) return matchersOfPage(actual);
    return Reflect.apply(target, self, [actual, ...more]);
  },
});
