// What the page's own scripts are told: that something happened, and nothing of it.
import type { ButtonView } from '@/lib/messaging/commands';

/** Fires one of our events in the page. */
export function tellPage(name: 'ready' | 'opened' | 'closed' | 'on-message' | 'error'): void {
  window.dispatchEvent(new Event(`carbonchat:${name}`));
}

/** Tells what has changed since the last view; before the first one (null) the panel counts as closed. */
export function tellChanges(before: ButtonView | null, { panelOpen, unread }: ButtonView): void {
  if (panelOpen !== Boolean(before?.panelOpen)) tellPage(panelOpen ? 'opened' : 'closed');
  if (before && unread > before.unread) tellPage('on-message');
}
