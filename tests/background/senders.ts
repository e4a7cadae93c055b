// Every kind of sender that the background can hear, and who it is.
import type { SenderKind } from '@/lib/messaging/senders';
import type { RawSender } from '@/lib/platform/types';
import { fromPage, own, sender } from '../support/fake-platform';

interface Case {
  who: string;
  from: RawSender;
  kind: SenderKind;
  /** For content scripts: whether a site of the configuration claims the page. */
  configured?: boolean;
}

const ownPage = (path: string, fields: Partial<RawSender> = {}) =>
  sender({ url: `${own.origin}${path}`, ...fields });
const tab = { tabId: 5, windowId: 1, frameId: 0 };
const page = (url: string, fields: Partial<RawSender> = {}) => sender({ url, ...tab, ...fields });
const stranger = (who: string, from: RawSender): Case => ({ who, from, kind: 'stranger' });

export const senders: readonly Case[] = [
  { who: 'the panel', from: ownPage('/sidepanel.html'), kind: 'panel' },
  { who: 'the panel at a route', from: ownPage('/sidepanel.html?a=1#/7'), kind: 'panel' },
  { who: 'the panel in a popup window', from: ownPage('/sidepanel.html', tab), kind: 'panel' },
  { who: 'the options page', from: ownPage('/options.html', tab), kind: 'options' },
  stranger('the background page', ownPage('/background.html')),
  stranger('a page with a longer name', ownPage('/sidepanel.html.evil')),
  stranger('a page in a folder', ownPage('/x/sidepanel.html')),
  stranger('a page that names the panel in its query', ownPage('/x.html?/sidepanel.html')),
  { who: 'a configured page', from: fromPage, kind: 'page', configured: true },
  stranger('a frame in a configured page', page('https://app.acme.com/inbox', { frameId: 3 })),
  stranger('a configured page without a tab', page('https://app.acme.com/inbox', { tabId: null })),
  { who: 'a page of another host', from: page('https://acme.com/'), kind: 'page', configured: false },
  { who: 'another port', from: page('https://app.acme.com:8443/'), kind: 'page', configured: false },
  { who: 'another scheme', from: page('http://app.acme.com/'), kind: 'page', configured: false },
  stranger('a local file', page('file:///sidepanel.html')),
  stranger('another extension', sender({ id: 'other', url: 'chrome-extension://other/sidepanel.html' })),
  stranger('another extension under our address', ownPage('/sidepanel.html', { id: 'other' })),
  stranger('a page of another extension under our id', sender({ url: 'moz-extension://x/sidepanel.html' })),
  stranger('a web page', page('https://app.acme.com/inbox', { id: null })),
  stranger('a sender without an address', sender({ ...tab })),
  stranger('a sender with a broken address', page('sidepanel.html')),
];
