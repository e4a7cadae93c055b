// How one message looks to an agent: its words, what it asks or offers, its files, the contact's answer.
// Must not talk to the server; knows the attributes of each content type (contract §8).

import { clock, element, outLink, pressable, size } from './page.js';

const FIELD_WORDS = { text: 'short text', text_area: 'long text', email: 'e-mail', select: 'one of' };

function field({ label, name, type, options, required }) {
  const choices = (options ?? []).map((option) => option.label).join(', ');
  const kind = [FIELD_WORDS[type] ?? type, choices].filter(Boolean).join(' ');
  return element(
    'li',
    { text: label ?? name },
    element('small', { text: required ? `${kind}, required` : kind }),
  );
}

/** Only this server's pictures: the page's policy refuses those of others, so they are a link. */
function picture(url) {
  return new URL(url, location.href).origin === location.origin
    ? element('img', { src: url, alt: '' })
    : element('small', {}, outLink(url, 'Picture'));
}

function card({ title, description, media_url, actions }) {
  const buttons = (actions ?? []).map((action) =>
    action.type === 'link'
      ? outLink(action.uri, action.text)
      : element('span', { text: `${action.text} (tells the page ${action.payload})` }),
  );
  return element(
    'li',
    { className: 'card' },
    element('strong', { text: title ?? '' }),
    element('small', { text: description ?? '' }),
    ...(media_url ? [picture(media_url)] : []),
    ...buttons,
  );
}

const article = ({ title, description, link }) =>
  element('li', {}, outLink(link, title), element('small', { text: description ?? '' }));

const ITEM_VIEWS = {
  input_select: ({ title, value }) => element('li', { text: title ?? value }),
  form: field,
  cards: card,
  article,
};
const ASKS = {
  input_select: 'Asks to choose one',
  form: 'Form',
  cards: 'Cards',
  article: 'Articles',
  input_email: 'Asks for an e-mail address',
  input_csat: 'Asks for a rating from 1 to 5',
};

function offers({ content_type, content_attributes }) {
  const ask = ASKS[content_type];
  if (ask === undefined) return [];
  const items = (content_attributes?.items ?? []).map(ITEM_VIEWS[content_type] ?? (() => ''));
  const list = items.length > 0 ? [element('ul', {}, ...items)] : [];
  return [element('div', { className: 'offer' }, element('small', { text: ask }), ...list)];
}

/** The contact's answer as label and words; several for a form, none when there is no answer. */
function answers({ content_attributes }) {
  const { items = [], submitted_values: submitted, submitted_email } = content_attributes ?? {};
  if (submitted_email) return [['E-mail', submitted_email]];
  if (Array.isArray(submitted))
    return submitted.map(({ name, title, value }) => {
      const item = items?.find((one) => one.name !== undefined && one.name === name);
      const chosen = item?.options?.find((option) => option.value === value)?.label;
      return [item?.label ?? name ?? 'Chosen', chosen ?? title ?? value];
    });
  const { rating, feedback_message } = submitted?.csat_survey_response ?? {};
  return [
    ['Rating', rating && `${rating} of 5`],
    ['Words', feedback_message],
  ].filter(([, words]) => words);
}

function answerView(message) {
  const rows = answers(message).flatMap(([label, words]) => [
    element('dt', { text: label }),
    element('dd', { text: String(words ?? '') }),
  ]);
  return rows.length > 0
    ? [
        element(
          'div',
          { className: 'answer' },
          element('small', { text: 'Answer' }),
          element('dl', {}, ...rows),
        ),
      ]
    : [];
}

function file({ file_type, data_url, thumb_url, file_size }) {
  const name = decodeURIComponent(new URL(data_url, location.href).pathname.split('/').at(-1));
  const words = `${name}, ${size(file_size)}`;
  if (file_type === 'audio' || file_type === 'video')
    return element(file_type, { src: data_url, controls: '', 'aria-label': words });
  const link = outLink(data_url, file_type === 'image' ? '' : name);
  if (file_type === 'image') link.append(element('img', { src: thumb_url || data_url, alt: words }));
  return element('p', { className: 'file' }, link, element('small', { text: words.slice(name.length + 2) }));
}

function author({ message_type, sender }) {
  if (!sender) return message_type === 3 ? 'Automatic message' : 'CarbonChat';
  const name = sender.available_name ?? sender.name;
  return sender.type === 'agent_bot' ? `${name} (bot)` : name;
}

/** A message as an element; `onDelete` is called when its Delete is pressed. */
export function messageView(message, onDelete) {
  const { message_type, content, content_attributes, attachments, created_at, status } = message;
  if (message_type === 2) return element('article', { className: 'activity', text: content });
  const isOurs = message_type !== 0;
  const isDeleted = content_attributes?.deleted === true;
  const name = author(message);
  const state = [
    name,
    message.private && 'private note',
    clock(created_at),
    isOurs && !message.private && status,
  ];
  const kinds = [isOurs && 'agent', message.private && 'note', isDeleted && 'deleted']
    .filter(Boolean)
    .join(' ');
  return element(
    'article',
    { className: kinds, 'aria-label': `${name}, ${clock(created_at)}` },
    ...(content ? [element('p', { className: 'words', text: content })] : []),
    ...offers(message),
    ...(attachments ?? []).map(file),
    ...answerView(message),
    element(
      'footer',
      {},
      element('time', { text: state.filter(Boolean).join(' · ') }),
      ...(isDeleted
        ? []
        : [pressable({ className: 'delete', text: 'Delete', 'aria-label': 'Delete message' }, onDelete)]),
    ),
  );
}
