// The content types of messages (contract §8) as core contents and answers, and answers as the server takes them (§3.13).
// Pure and tolerant: an item that cannot be read leaves the others alone, and a type without a readable item is plain words.

import * as v from 'valibot';
import type {
  Answer,
  Article,
  Card,
  CardAction,
  FormField,
  MessageContent,
  Option,
} from '@/lib/core/content';
import { webUrl } from './mapping-parts';
import { type Report, read, readEach, type WireMessage } from './wire';

/** More than any person would look through; what comes after is left out. */
const mostItems = 100;

const text = v.fallback(v.pipe(v.unknown(), v.transform(toText)), '');
const items = v.fallback(v.array(v.unknown()), () => []);
const orNull = <T>(schema: v.GenericSchema<unknown, T>) => v.fallback(v.nullable(schema), null);

/** Values are scalars that whoever asks chose: numbers and booleans are as good as words. */
function toText(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}

const wireOption = v.object({ title: text, label: text, value: text });
const wireAction = v.object({ type: text, text, uri: text });
const wireCard = v.object({ title: text, description: text, media_url: text, actions: items });
const wireArticle = v.object({ title: text, description: text, link: text });
const wireField = v.object({
  name: v.pipe(v.unknown(), v.transform(toText), v.string(), v.minLength(1)),
  type: text,
  label: text,
  title: text,
  placeholder: text,
  default: text,
  required: v.fallback(v.boolean(), false),
  pattern: orNull(v.string()),
  pattern_error: text,
  options: items,
});
const wireRating = v.object({
  csat_survey_response: v.object({
    rating: v.pipe(v.unknown(), v.transform(Number), v.picklist([1, 2, 3, 4, 5])),
    feedback_message: text,
  }),
});
const wireTranslations = v.record(v.string(), v.unknown());

type Asked = Pick<WireMessage, 'content_type' | 'content_attributes'>;

/** What a message shows or asks. Unknown types, and `integrations` (§8.8), are the words and files that they carry. */
export function toContent({ content_type, content_attributes }: Asked, report: Report): MessageContent {
  const each = <T>(parse: (item: unknown) => T | null): T[] =>
    readEach(listOf(content_attributes.items).slice(0, mostItems), parse);
  switch (content_type) {
    case 'input_select': {
      const options = each((item) => toOption(item, report));
      return options.length > 0 ? { kind: 'options', options } : { kind: 'plain' };
    }
    case 'cards': {
      const cards = each((item) => toCard(item, report));
      return cards.length > 0 ? { kind: 'cards', cards } : { kind: 'plain' };
    }
    case 'form': {
      const fields = each((item) => toField(item, report));
      const buttonLabel = toText(content_attributes.button_label) || null;
      return fields.length > 0 ? { kind: 'form', fields, buttonLabel } : { kind: 'plain' };
    }
    case 'article': {
      const articles = each((item) => toArticle(item, report));
      return articles.length > 0 ? { kind: 'articles', articles } : { kind: 'plain' };
    }
    case 'input_email':
      return { kind: 'email' };
    case 'input_csat':
      return { kind: 'rating', scale: content_attributes.display_type === 'star' ? 'stars' : 'faces' };
    default:
      return { kind: 'plain' };
  }
}

/** How a message was answered (§8.12): by the type of the question, for each has a shape of its own. */
export function toAnswer({ content_type, content_attributes }: Asked): Answer | null {
  const { submitted_values, submitted_email } = content_attributes;
  const unheard: Report = () => {}; // no answer is not a problem
  switch (content_type) {
    case 'input_select': {
      const option = toOption(givenIn(submitted_values)[0], unheard);
      return option && { kind: 'option', option };
    }
    case 'form': {
      const fields = readEach(givenIn(submitted_values).slice(0, mostItems), toGiven);
      return fields.length > 0 ? { kind: 'fields', fields } : null;
    }
    case 'input_email': {
      const email = toText(submitted_email) || toGiven(givenIn(submitted_values)[0])?.value;
      return email ? { kind: 'email', email } : null;
    }
    case 'input_csat': {
      const given = read(wireRating, submitted_values, 'rating', unheard)?.csat_survey_response;
      return given ? { kind: 'rating', rating: given.rating, comment: given.feedback_message } : null;
    }
    default:
      return null;
  }
}

/** `submitted_values` of an answer, whole: each replaces the one before (§3.13). */
export function toSubmittedValues(answer: Answer): object {
  switch (answer.kind) {
    case 'option':
      return [{ title: answer.option.title, value: answer.option.value }];
    case 'fields':
      return answer.fields.map(({ name, value }) => ({ name, value }));
    case 'email':
      return [{ name: 'email', value: answer.email }];
    case 'rating':
      return { csat_survey_response: { rating: answer.rating, feedback_message: answer.comment } };
  }
}

/** The message that an agent quotes (§8.11). */
export function toQuotedId({ content_attributes: { in_reply_to } }: Asked): number | null {
  return Number.isSafeInteger(in_reply_to) && Number(in_reply_to) > 0 ? Number(in_reply_to) : null;
}

/** Translations that an agent asked for, by language code (§6.2). */
export function toTranslations({ content_attributes: { translations } }: Asked): Record<string, string> {
  const read = v.safeParse(wireTranslations, translations);
  if (!read.success) return {};
  const each = Object.entries(read.output).slice(0, mostItems);
  return Object.fromEntries(
    each.flatMap(([code, words]) => (typeof words === 'string' && words ? [[code, words]] : [])),
  );
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The server takes one object as well as a list (§3.13). */
function givenIn(values: unknown): unknown[] {
  return typeof values === 'object' && values !== null ? [values].flat() : [];
}

/** One that has neither a title nor a value cannot be told from the others. */
function toOption(item: unknown, report: Report): Option | null {
  const option = read(wireOption, item, 'option', report);
  if (option === null) return null;
  const title = option.title || option.label || option.value;
  if (title === '') return null;
  return { title, value: option.value || title };
}

function toCard(item: unknown, report: Report): Card | null {
  const card = read(wireCard, item, 'card', report);
  if (card === null) return null;
  const actions = readEach(card.actions.slice(0, mostItems), (action) => toAction(action, report));
  const { title, description } = card;
  const imageUrl = webUrl(card.media_url);
  const isEmpty = title === '' && description === '' && imageUrl === null && actions.length === 0;
  return isEmpty ? null : { title, text: description, imageUrl, actions };
}

function toAction(item: unknown, report: Report): CardAction | null {
  const action = read(wireAction, item, 'action of a card', report);
  if (action === null || (action.text === '' && action.uri === '')) return null;
  const { type, text: label, uri } = action;
  return { label, url: type === 'link' ? uri : null };
}

const fieldKinds: Readonly<Record<string, FormField['kind']>> = {
  text_area: 'textArea',
  email: 'email',
  select: 'select',
};

function toField(item: unknown, report: Report): FormField | null {
  const field = read(wireField, item, 'form field', report);
  if (field === null) return null;
  const kind = Object.hasOwn(fieldKinds, field.type) ? (fieldKinds[field.type] as FormField['kind']) : 'text';
  const options =
    kind === 'select' ? readEach(field.options.slice(0, mostItems), (each) => toOption(each, report)) : [];
  return {
    name: field.name,
    // One that offers nothing to choose could never be filled in.
    kind: kind === 'select' && options.length === 0 ? 'text' : kind,
    label: field.label || field.title || field.name,
    placeholder: field.placeholder,
    initial: field.default,
    required: field.required,
    pattern: field.pattern,
    patternHint: field.pattern_error || null,
    options,
  };
}

function toArticle(item: unknown, report: Report): Article | null {
  const article = read(wireArticle, item, 'article', report);
  if (article === null) return null;
  const { title, description, link } = article;
  return title === '' && link === '' ? null : { title, text: description, url: link || null };
}

function toGiven(item: unknown): { name: string; value: string } | null {
  const given = v.safeParse(v.object({ name: text, value: text }), item);
  return given.success && given.output.name !== '' ? given.output : null;
}
