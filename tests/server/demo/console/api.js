// The account API as the console needs it. Owns the access token; must not touch the page.

export const session = await (await fetch('/console/session')).json();

const inboxes = new Map(session.inboxes.map((inbox) => [inbox.id, inbox]));

/** The words for an inbox: its name, and its kind unless that is the ordinary one. */
export function inboxWords(id) {
  const { name, kind } = inboxes.get(id) ?? { name: `Inbox ${id}`, kind: 'plain' };
  return kind === 'plain' ? name : `${name} · ${kind}`;
}

/**
 * One request below `…/conversations`; a form goes as multipart, any other body as JSON. Gives the answer's JSON, or
 * null when it has none. Throws unless answered 2xx.
 */
export async function api(method, path, body) {
  const isForm = body instanceof FormData;
  const response = await fetch(`/api/v1/accounts/${session.account_id}/conversations${path}`, {
    method,
    headers: {
      api_access_token: session.api_access_token,
      ...(!isForm && { 'content-type': 'application/json' }),
    },
    ...(body && { body: isForm ? body : JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}
