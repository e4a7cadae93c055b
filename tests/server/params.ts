// Owns reading a request: query and body of any kind become one bag of parameters, as Rails does (contract §2).
// Must not validate what is in it.

import type { Context } from 'hono';
import { getPath } from 'hono/utils/url';
import type { Env } from './answers';
import type { Params } from './contact-actions';
import { brokenBody } from './problems';

function readJson(text: string): Params {
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Params) : {};
  } catch {
    throw brokenBody();
  }
}

/**
 * Names that end in `[]` collect a list and keep their name; `a[b][c]` is an object in an object; of any other name
 * the last value wins. Objects without a prototype: the names come from outside.
 */
function collect(entries: Iterable<[string, unknown]>): Params {
  const params: Params = Object.create(null);
  for (const [name, value] of entries) {
    if (name.endsWith('[]')) {
      params[name] = [...((params[name] as unknown[] | undefined) ?? []), value];
      continue;
    }
    const path = name.split(/\]\[|\[|\]$/).filter((part) => part !== '');
    const last = path.pop() ?? name;
    let target = params;
    for (const part of path) {
      if (typeof target[part] !== 'object' || target[part] === null) target[part] = Object.create(null);
      target = target[part] as Params;
    }
    target[last] = value;
  }
  return params;
}

/** The path that routes see: `.json` behind it says nothing new. Names of files are left alone. */
export function pathWithoutFormat(request: Request): string {
  const path = getPath(request);
  return path.startsWith('/rails/') ? path : path.replace(/\.json$/, '');
}

/** Parameters of query and body; 400 when the body says JSON and is not. A body without a type is a form. */
export async function readParams(c: Context<Env>): Promise<Params> {
  const query = c.req.query();
  const type = c.req.header('content-type') ?? '';
  if (type.startsWith('multipart/form-data')) {
    const bytes = await c.req.arrayBuffer();
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    return { ...query, ...collect(form.entries()) };
  }
  const text = await c.req.text();
  const body = type.includes('json') ? readJson(text) : collect(new URLSearchParams(text));
  return { ...query, ...body };
}
