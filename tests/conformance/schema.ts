// Owns schemas drawn from the recording: for each kind of object its keys, which of them are always there, and the types
// of their values. What follows another order and other numbers than the recording must still fit them.

import type { Recording } from '../support/recording';
import { isObject, type Json } from './compare';
import type { Frame } from './our-socket';

/** Messages and conversations have other keys in answers than in frames; those of all events share theirs. */
export type Medium = 'answer' | 'account answer' | 'frame';
type Shape = { seen: number; keys: Map<string, { seen: number; types: Set<string> }> };

/** Objects whose keys are anybody's. */
const FREE = new Set([
  'custom_attributes',
  'additional_attributes',
  'content_attributes',
  'previous_changes',
  'users',
  'contacts',
]);

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'whole number' : 'number';
  return /^\d{4}-\d\d-\d\dT/.test(String(value)) ? 'time' : typeof value;
}

/** The name of an object's kind. Where it is not one of the shared shapes, its place names it. */
function kindOf(object: Json, place: string, medium: Medium): string {
  if ('message_type' in object) return `${medium} message`;
  if ('uuid' in object || 'can_reply' in object) return `${medium} conversation`;
  if ('file_type' in object) return `attachment of ${object.file_type}`;
  if ('contact_type' in object) return 'contact record';
  if ('contact_id' in object) return 'contact inbox';
  if (['contact', 'user', 'agent_bot'].includes(String(object.type))) return `sender ${object.type}`;
  return place;
}

export class Schemas {
  #shapes = new Map<string, Shape>();

  /** Takes a recorded value into the schemas. `place` names what it is the answer to, or the event. */
  learn(value: unknown, place: string, medium: Medium): void {
    this.#visit(value, place, medium, (object, kind) => {
      const shape = this.#shapes.get(kind) ?? { seen: 0, keys: new Map() };
      this.#shapes.set(kind, shape);
      shape.seen += 1;
      for (const [key, item] of Object.entries(object)) {
        const known = shape.keys.get(key) ?? { seen: 0, types: new Set() };
        shape.keys.set(key, known);
        known.seen += 1;
        known.types.add(typeOf(item));
      }
    });
  }

  /** What in a value fits no schema, in words; empty when all does. */
  check(value: unknown, place: string, medium: Medium): string[] {
    const faults: string[] = [];
    this.#visit(value, place, medium, (object, kind) => {
      const shape = this.#shapes.get(kind);
      if (shape === undefined) return void faults.push(`${kind}: nothing like it was recorded`);
      for (const [key, { seen }] of shape.keys)
        if (seen === shape.seen && !(key in object)) faults.push(`${kind}: ${key} is missing`);
      for (const [key, item] of Object.entries(object)) {
        const types = shape.keys.get(key)?.types;
        if (types === undefined) faults.push(`${kind}: ${key} was never recorded`);
        else if (!types.has(typeOf(item)))
          faults.push(`${kind}: ${key} is a ${typeOf(item)}, recorded: ${[...types].join(', ')}`);
      }
    });
    return faults;
  }

  #visit(
    value: unknown,
    place: string,
    medium: Medium,
    meet: (object: Json, kind: string) => void,
    key = '',
  ): void {
    if (Array.isArray(value)) for (const item of value) this.#visit(item, place, medium, meet, key);
    if (!isObject(value) || FREE.has(key)) return;
    const kind = kindOf(value, place, medium);
    meet(value, kind);
    for (const [name, item] of Object.entries(value))
      this.#visit(item, `${kind}.${name}`, medium, meet, name);
  }
}

/** The name of an endpoint's answer: ids and secrets in the path replaced; errors by their status alone. */
export function answerPlace(method: string, path: string, status: number): string {
  if (status >= 400) return `answer ${status}`;
  const template = path
    .split('?')[0]
    ?.replace(/\/(inboxes|contacts|conversations|messages|accounts)\/[^/]+/g, '/$1/*');
  return `${method} ${template}`;
}

/** Agents are answered in other shapes than contacts. */
export const mediumOf = (path: string): Medium => (path.startsWith('/api/') ? 'account answer' : 'answer');

/** The schemas of everything recorded. */
export function schemasOf({ http, cable }: Recording): Schemas {
  const schemas = new Schemas();
  for (const { request, response } of http)
    if (response.body_is_json)
      schemas.learn(
        response.body,
        answerPlace(request.method, request.path, response.status),
        mediumOf(request.path),
      );
  for (const { events } of cable)
    for (const event of events) {
      if (event.dir !== 'in') continue;
      const { message } = JSON.parse(event.raw) as Frame;
      if (message?.data) schemas.learn(message.data, message.event, 'frame');
    }
  return schemas;
}
