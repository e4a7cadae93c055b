// Bodies and frames as a running installation sent them, with invented people, tokens and hosts. Each is a function,
// so that a test may change its copy.

const address = 'https://chat.example.com/rails/active_storage/blobs/redirect/eyJfcmFpbHMi--20d3a6';

export const grace = () => ({
  id: 2,
  name: 'Grace Agent',
  available_name: 'Grace',
  avatar_url: '',
  type: 'user',
  availability_status: 'online',
  thumbnail: '',
});

export const mira = () => ({
  additional_attributes: { last_avatar_sync_at: '2026-11-23T00:42:03Z' },
  custom_attributes: { plan: 'gold', visits: 4 },
  email: 'mira@reader.test',
  id: 3,
  identifier: null,
  name: 'Mira Reader',
  phone_number: '+4915112345678',
  thumbnail: '',
  blocked: false,
  type: 'contact',
});

export const attachment = () => ({
  id: 24,
  message_id: 26,
  file_type: 'image',
  account_id: 1,
  extension: 'png',
  content_type: 'image/png',
  data_url: `${address}/our%20flyer.png`,
  thumb_url: `${address}/our%20flyer.png`,
  file_size: 75,
  width: null,
  height: null,
});

export const httpMessage = () => ({
  id: 26,
  content: 'our **flyer**',
  message_type: 1,
  content_type: 'text',
  content_attributes: {},
  created_at: 1795394563,
  conversation_id: 2,
  attachments: [attachment()],
  sender: grace(),
});

export const ownHttpMessage = () => ({
  id: 14,
  content: 'see picture',
  message_type: 0,
  content_type: 'text',
  content_attributes: {},
  created_at: 1795394551,
  conversation_id: 2,
  sender: mira(),
});

export const httpConversation = () => ({
  id: 2,
  uuid: '0b0a5ac9-3e0c-45b8-9a5e-2f5b1f0f3c11',
  inbox_id: 1,
  contact_last_seen_at: 1795394574,
  status: 'open',
  agent_last_seen_at: 0,
  messages: [ownHttpMessage(), httpMessage()],
  contact: { id: 3, name: 'Mira Reader', created_at: '2026-11-23T00:41:27.909Z', label_list: [] },
});

export const messageFrame = () => ({
  id: 24,
  content: 'Yes, until **18:00**.',
  account_id: 1,
  inbox_id: 1,
  conversation_id: 2,
  message_type: 1,
  created_at: 1795394561,
  updated_at: '2026-11-23T00:42:41.782Z',
  private: false,
  status: 'sent',
  source_id: null,
  content_type: 'text',
  content_attributes: {},
  sender_type: 'User',
  sender_id: 2,
  external_source_ids: {},
  additional_attributes: {},
  processed_message_content: 'Yes, until **18:00**.',
  sentiment: {},
  conversation: {
    assignee_id: 2,
    unread_count: 10,
    last_activity_at: 1795394561,
    contact_inbox: { source_id: '766a3fed-52c9-4f31-9260-db8e8780bc77' },
  },
  sender: grace(),
  performer: grace(),
});

export const conversationFrame = () => ({
  additional_attributes: {},
  can_reply: true,
  channel: 'Channel::Api',
  contact_inbox: {
    id: 3,
    contact_id: 3,
    inbox_id: 1,
    source_id: '766a3fed-52c9-4f31-9260-db8e8780bc77',
    created_at: '2026-11-23T00:41:27.909Z',
    updated_at: '2026-11-23T00:41:27.909Z',
    hmac_verified: false,
    pubsub_token: 'secret-pubsub-token-0000',
  },
  id: 2,
  inbox_id: 1,
  messages: [messageFrame()],
  labels: ['vip'],
  meta: { sender: mira(), assignee: grace(), assignee_type: 'User', team: null, hmac_verified: false },
  status: 'resolved',
  custom_attributes: { order: 'A-17' },
  snoozed_until: null,
  unread_count: 0,
  first_reply_created_at: '2026-11-23T00:42:41.782Z',
  priority: 'high',
  waiting_since: 0,
  agent_last_seen_at: 1795394573,
  contact_last_seen_at: 1795394574,
  last_activity_at: 1795394597,
  timestamp: 1795394597,
  created_at: 1795394543,
  updated_at: 1795394598.702288,
  account_id: 1,
});

export const typingFrame = () => ({
  conversation: conversationFrame(),
  user: grace(),
  is_private: false,
  account_id: 1,
  performer: grace(),
});

export const contact = () => ({
  source_id: '766a3fed-52c9-4f31-9260-db8e8780bc77',
  pubsub_token: 'secret-pubsub-token-0000',
  id: 3,
  name: 'wispy-forest-742',
  email: null,
  phone_number: null,
});

export const contactRecord = () => ({
  id: 3,
  name: 'Mira Reader',
  email: 'mira@reader.test',
  phone_number: '+4915112345678',
  account_id: 1,
  created_at: '2026-11-23T00:41:27.899Z',
  updated_at: '2026-11-23T00:41:28.335Z',
  additional_attributes: {},
  identifier: 'user-1',
  custom_attributes: { plan: 'gold' },
  last_activity_at: null,
  contact_type: 'lead',
  middle_name: '',
  last_name: '',
  location: null,
  country_code: null,
  blocked: false,
  company_id: null,
  label_list: [],
});

export const inbox = () => ({
  identifier: 'inbox-1',
  identity_validation_enabled: true,
  name: 'Web API inbox',
  timezone: 'UTC',
  working_hours: [{ day_of_week: 0, closed_all_day: true, open_hour: null, open_all_day: false }],
  working_hours_enabled: false,
  csat_survey_enabled: false,
  greeting_enabled: false,
});
