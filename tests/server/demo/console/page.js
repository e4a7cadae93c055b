// How the console makes elements and writes times. Text is set as text, never parsed as HTML.

export const byId = (id) => document.getElementById(id);

/** An element with a class, a text, attributes and children. */
export function element(tag, { className = '', text = '', ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A button that does something when pressed. */
export function pressable(attributes, deed) {
  const button = element('button', { type: 'button', ...attributes });
  button.addEventListener('click', deed);
  return button;
}

/** A link out of the console. */
export const outLink = (href, text) => element('a', { href, text, target: '_blank', rel: 'noreferrer' });

/** Time of day of a unix time in seconds. */
export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

/** A file's size in words. */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
