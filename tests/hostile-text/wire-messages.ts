// One hostile text in every place that a message from the server has, for every content type of the contract (§8) and
// every kind of sender. What comes out is what the server would send, before any of our code has seen it.

/** As JSON; nothing in it is believed. */
export type Wire = Record<string, unknown>;

const contentTypes = [
  ...['text', 'input_text', 'input_textarea', 'input_email', 'input_select', 'cards', 'form', 'article'],
  ...['incoming_email', 'input_csat', 'integrations', 'sticker', 'voice_call', 'of_tomorrow'],
];
const fieldTypes = ['text', 'text_area', 'email', 'select'];
const fileTypes = ['image', 'audio', 'video', 'file', 'location', 'fallback', 'contact', 'embed', 'share'];

const senders = (text: string): (Wire | undefined)[] => [
  ...['user', 'agent_bot', 'captain_assistant'].map((type) => sender(type, text)),
  undefined,
];

function sender(type: string, text: string): Wire {
  const avatars = { avatar_url: text, thumbnail: text };
  return { id: 7, type, name: text, available_name: text, description: text, ...avatars };
}

/** How the server says what was answered, by type (contract §8.12); any of them may meet any type. */
const answers = (text: string): unknown[] => [
  undefined,
  [{ title: text, value: text, name: text }],
  { csat_survey_response: { rating: 3, feedback_message: text } },
  { [text]: text },
];

function attributesOf(contentType: string, text: string): Wire {
  const common = {
    ...{ submitted_email: text, external_error: text, story_sender: text, story_url: text, story_id: text },
    ...{ translations: { en: text, de: text, [text]: text }, in_reply_to: 1, in_reply_to_external_id: text },
    ...{ email: { subject: text, from: [text], html_content: { full: text }, text_content: { full: text } } },
    ...{ data: { meeting_id: text, url: text }, type: 'dyte', display_type: 'star', button_label: text },
  };
  const link = { type: 'link', text, uri: text };
  const postback = { type: 'postback', text, payload: text };
  const card = { title: text, description: text, media_url: text, actions: [link, postback] };
  const options = [{ label: text, value: text }];
  const fields = fieldTypes.map((type) => ({
    ...{ type, name: `${type}${text}`, label: text, title: text, placeholder: text, default: text },
    ...{ required: true, pattern: text, pattern_error: text, options },
  }));
  const items: Record<string, unknown[]> = {
    input_select: [{ title: text, value: text }],
    cards: [card],
    form: fields,
    article: [{ title: text, description: text, link: text }],
  };
  return { ...common, items: items[contentType] ?? [{ title: text, value: text }] };
}

const attachments = (text: string): Wire[] =>
  fileTypes.map((fileType, index) => ({
    ...{ id: index + 1, message_id: 1, account_id: 1, file_type: fileType, extension: text },
    ...{
      content_type: text,
      data_url: index % 2 ? text : `https://canary.example/${text}`,
      thumb_url: text,
      fallback_title: text,
      transcribed_text: text,
    },
    ...{
      file_size: 10,
      width: 20,
      height: 20,
      coordinates_lat: 1,
      coordinates_long: 2,
      meta: { first_name: text },
    },
  }));

/** Messages of conversation 1 that hold `text`; `id` names the first of them, the others follow it. */
export function wireMessages(text: string, id: number): Wire[] {
  const base = { conversation_id: 1, created_at: 1_795_394_000, content: text, private: false };
  const others = senders(text);
  const given = answers(text);
  const typed = contentTypes.flatMap((content_type, type) =>
    // Open and answered, so that no part is left out.
    [undefined, given[1 + (type % 3)]].map((submitted_values, answered) => ({
      ...base,
      message_type: 1,
      content_type,
      content_attributes: { ...attributesOf(content_type, text), ...(answered && { submitted_values }) },
      sender: others[type % 3],
    })),
  );
  const rating = { ...attributesOf('input_csat', text), submitted_values: given[2] };
  const rest: Wire[] = [
    ...others.map((from) => ({ ...base, message_type: from ? 1 : 3, content_type: 'text', sender: from })),
    { ...base, message_type: 0, content_type: 'text', sender: sender('contact', text), echo_id: text },
    { ...base, message_type: 3, content_type: 'input_csat', content_attributes: rating },
    {
      ...base,
      message_type: 1,
      content_type: text,
      content: null,
      sender: others[0],
      attachments: attachments(text),
    },
    { ...base, message_type: 1, content_type: 'text', content_attributes: { deleted: true, [text]: text } },
  ];
  return [...typed, ...rest].map((message, index) => ({ ...message, id: id + index }));
}
