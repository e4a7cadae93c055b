// Alt+Up and Alt+Down: the focus goes from message to message, beginning at the newest.

/** @returns whether the event was one of these keys. */
export function focusMessageBeside(event: KeyboardEvent): boolean {
  if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return false;
  event.preventDefault();
  const messages = [...document.querySelectorAll<HTMLElement>('article.message')];
  const at = messages.findIndex((message) => message.contains(document.activeElement));
  const isUp = event.key === 'ArrowUp';
  const target = at < 0 ? (isUp ? messages.length - 1 : messages.length) : at + (isUp ? -1 : 1);
  messages[target]?.focus();
  return true;
}
