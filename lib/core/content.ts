// What a message shows or asks besides its words, and how it was answered, as plain JSON. Types, and what follows from them
// alone: whether an answer fits its question.

/** A choice, in the words of whoever asks; `value` is what a bot reads. */
export interface Option {
  title: string;
  value: string;
}

/** `url` null: nothing that a press could do here (contract §8.3: a postback has no call of the server). */
export interface CardAction {
  label: string;
  url: string | null;
}

export interface Card {
  title: string;
  text: string;
  imageUrl: string | null;
  actions: CardAction[];
}

export interface FormField {
  name: string;
  kind: 'text' | 'textArea' | 'email' | 'select';
  label: string;
  placeholder: string;
  initial: string;
  required: boolean;
  /** A regular expression that the whole value must match, as the server gave it; it may be none. */
  pattern: string | null;
  patternHint: string | null;
  /** Of a select only. */
  options: Option[];
}

export interface Article {
  title: string;
  text: string;
  url: string | null;
}

/** `plain`: its words and files are all there is. Everything in here is as untrusted as the words. */
export type MessageContent =
  | { kind: 'plain' }
  | { kind: 'options'; options: Option[] }
  | { kind: 'cards'; cards: Card[] }
  | { kind: 'form'; fields: FormField[]; buttonLabel: string | null }
  | { kind: 'articles'; articles: Article[] }
  | { kind: 'email' }
  | { kind: 'rating'; scale: 'faces' | 'stars' };

/** From 1, very bad, to 5, very good. */
export type Rating = 1 | 2 | 3 | 4 | 5;

/** What the contact answered, on whichever device. */
export type Answer =
  | { kind: 'option'; option: Option }
  | { kind: 'fields'; fields: { name: string; value: string }[] }
  | { kind: 'email'; email: string }
  | { kind: 'rating'; rating: Rating; comment: string };

/** The kind of answer that a content asks for. */
const answeredBy: Partial<Record<MessageContent['kind'], Answer['kind']>> = {
  options: 'option',
  form: 'fields',
  email: 'email',
  rating: 'rating',
};

/** Whether an answer is one to this content. */
export function answers(answer: Answer, content: MessageContent): boolean {
  return answeredBy[content.kind] === answer.kind;
}

/** Whether two answers say the same. */
export function sameAnswer(a: Answer | null, b: Answer | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
