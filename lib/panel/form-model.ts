// A form of a message: what stands in its fields, what is wrong with it, and the answer that it makes. Pure. Values are sent as
// they are, one for each field (contract §8.4); only what is required has to be there.
import type { Answer, FormField } from '@/lib/core/content';
import { matchesPattern } from './patterns';

/** By the fields' place: names may come twice. */
export type FormValues = Readonly<Record<string, string>>;

/** `empty`: has to be filled in; `email`, `pattern`: not as such a thing is written. */
export type FieldProblem = 'empty' | 'email' | 'pattern';

/** Of the protocol; a person does not write this much in a field. */
export const maxFieldLength = 10_000;
const mail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function fieldValue(field: FormField, index: number, values: FormValues): string {
  const value = values[index] ?? field.initial.slice(0, maxFieldLength);
  // A select shows nothing where its value is none of its options.
  const isOffered = field.kind !== 'select' || field.options.some((option) => option.value === value);
  return isOffered ? value : '';
}

/** What is wrong with the fields, by their place; none: it can be sent. */
export function problemsOf(fields: readonly FormField[], values: FormValues): Record<number, FieldProblem> {
  const found: Record<number, FieldProblem> = {};
  for (const [index, field] of fields.entries()) {
    const problem = problemOf(field, fieldValue(field, index, values).trim());
    if (problem) found[index] = problem;
  }
  return found;
}

function problemOf(field: FormField, value: string): FieldProblem | null {
  if (value === '') return field.required ? 'empty' : null;
  if (field.kind === 'email' && !mail.test(value)) return 'email';
  return field.pattern !== null && !matchesPattern(field.pattern, value) ? 'pattern' : null;
}

export function answerOf(fields: readonly FormField[], values: FormValues): Answer {
  return {
    kind: 'fields',
    fields: fields.map((field, index) => ({
      name: field.name.slice(0, maxFieldLength),
      value: fieldValue(field, index, values).trim().slice(0, maxFieldLength),
    })),
  };
}
