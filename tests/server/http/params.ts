// Owns reading a request: query and body of any kind become one bag of parameters, as Rails does (contract §2).
// Must not validate what is in it.

import type { Context } from 'hono';
import { getPath } from 'hono/utils/url';
import { brokenBody, notFound } from '../actions/problems';
import { isObject, scalar } from '../records/json';
import type { Json } from '../records/records';
import type { Env } from './responses';

export type Params = Json;

function readJson(text: string): Params {
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    throw brokenBody();
  }
}

/** `a[b][]` is the path a, b and an empty part; a name that is not made like this is one key. */
function pathOf(name: string): string[] {
  const [, first, rest = ''] = /^([^[]+)((?:\[[^\]]*\])+)$/.exec(name) ?? [];
  return first === undefined ? [name] : [first, ...rest.slice(1, -1).split('][')];
}

const has = (value: unknown, [key = '', ...rest]: string[]): boolean =>
  isObject(value) && key in value && (rest.length === 0 || has(value[key], rest));

/** Objects without a prototype: the names come from outside. */
const emptyParams = (): Params => Object.create(null);

/**
 * Puts a value where its path says. An empty part is the end of a list: what is appended to is the last object of
 * it, until one of its keys repeats. 400 when the path leads through something of another kind.
 */
function put(target: Params, [key = '', next, ...rest]: string[], value: unknown): void {
  if (next === undefined) {
    target[key] = value;
    return;
  }
  if (next !== '') {
    target[key] ??= emptyParams();
    const inner = target[key];
    if (!isObject(inner)) throw brokenBody();
    put(inner, [next, ...rest], value);
    return;
  }
  target[key] ??= [];
  const list = target[key];
  if (!Array.isArray(list)) throw brokenBody();
  if (rest.length === 0) list.push(value);
  else {
    if (!isObject(list.at(-1)) || (!rest.includes('') && has(list.at(-1), rest))) list.push(emptyParams());
    put(list.at(-1), rest, value);
  }
}

function collect(entries: Iterable<[string, unknown]>): Params {
  const params = emptyParams();
  for (const [name, value] of entries) put(params, pathOf(name), value);
  return params;
}

async function readForm(c: Context<Env>, type: string): Promise<Params> {
  const bytes = await c.req.arrayBuffer();
  const form = new Response(bytes, { headers: { 'content-type': type } }).formData();
  return collect(
    await form.catch(() => {
      throw brokenBody();
    }),
  );
}

async function readBody(c: Context<Env>): Promise<Params> {
  const type = c.req.header('content-type') ?? '';
  if (type.startsWith('multipart/form-data')) return readForm(c, type);
  const text = await c.req.text();
  return type.includes('json') ? readJson(text) : collect(new URLSearchParams(text));
}

/**
 * The handler of an endpoint, which is given the parameters of query and body. They are read before anything else: 400
 * when the body says JSON and is not, also where none is asked for. A body without a type is a form.
 */
export function withParams(answer: (c: Context<Env>, params: Params) => Response | Promise<Response>) {
  return async (c: Context<Env>): Promise<Response> =>
    answer(c, { ...collect(new URL(c.req.url).searchParams), ...(await readBody(c)) });
}

/** The path that routes see: what follows the last dot is a format and says nothing new. Other pages keep it. */
export function pathWithoutFormat(request: Request): string {
  const path = getPath(request);
  return /^\/(public\/)?api\//.test(path) ? path.replace(/\.[^/.]+$/, '') : path;
}

/** The record with the id in the path or in a parameter; 404 when there is none. */
export function foundById<T extends { id: number }>(records: T[], id: unknown): T {
  const record = records.find((one) => String(one.id) === scalar(id));
  if (record === undefined) throw notFound();
  return record;
}
