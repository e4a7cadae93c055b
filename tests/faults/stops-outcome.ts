// What must be true when the story is over, however often the background was stopped.
import { openIdbHistory } from '@/lib/platform/idb-history';
import { itemsOf } from '../panel/items';
import type { Conversation, Message } from '../server/records/records';
import { points } from './stops-points';
import { stored } from './stops-storage';
import { givenEmail, type Story } from './stops-story';
import type { StopsWorld } from './stops-world';

export interface Outcome {
  /** What is not as it must be; empty when all is well. */
  wrong: string[];
}

/** Storage is locked at the beginning, full for one write, and one item of it breaks. */
const expected = [
  'storage could not be read: Error',
  'saving failed: QuotaExceededError',
  'a stored item could not be read: draft',
];
/** What a person may see: no notes of the server's own. */
const shown = ({ messages }: Conversation) => messages.filter(({ message_type }) => message_type !== 2);
const isDeleted = ({ content_attributes }: Message) => content_attributes.deleted === true;
const line = (id: number, text: string | null) => `${id} ${text}`;
const lines = (messages: Message[]) => messages.map(({ id, content }) => line(id, content));

/** Lets the world come to rest, opens the panel anew, and compares. */
export async function outcomeOf(world: StopsWorld, story: Story): Promise<Outcome> {
  points.diesAt = null;
  const wrong: string[] = [];
  const same = (what: string, is: unknown, mustBe: unknown) => {
    const [a, b] = [JSON.stringify(is), JSON.stringify(mustBe)];
    if (a !== b) wrong.push(`${what}: ${a} instead of ${b}`);
  };
  await world.browser.pass(60_000);
  const panel = world.panel ?? world.openPanel();
  panel.back();
  await world.browser.pass(60_000);
  const { store } = world.server;
  same('contact sessions', store.sessions.length, Math.min(1, story.conversations.length));
  const own = story.conversations.map(({ messages }) =>
    messages.filter(({ message_type }) => message_type === 0).map(({ content }) => content),
  );
  const said = story.said.filter((texts) => texts.length > 0);
  same('messages sent', own, said);
  const answered = story.conversations
    .flatMap(({ messages }) => messages)
    .filter(({ id, content_attributes }) => story.asked.includes(id) && content_attributes.submitted_values);
  same('questions answered', answered.length, story.asked.length);
  if (story.asked.length > 0)
    same(
      'e-mail',
      store.contacts.map(({ email }) => email),
      [givenEmail],
    );
  if (story.isOver) same('over', story.conversations[1]?.status, 'resolved');
  const items = await stored.area.read('session/');
  const left = Object.keys(items).filter((key) => key.includes('/outbox/'));
  same('left in the outbox', left, []);
  same('shown as on the way', [...panel.state.outbox.value.keys()], []);
  const session = Object.keys(items)[0]?.split('/')[1] ?? '';
  const history = openIdbHistory();
  for (const conversation of story.conversations) {
    const { id } = conversation;
    const listed = panel.state.conversations.value.get(id);
    const last = shown(conversation).at(-1);
    same(`status of ${id}`, listed?.status, conversation.status);
    same(
      `preview of ${id}`,
      listed?.preview && line(listed.preview.messageId, listed.preview.text),
      last && line(last.id, last.content),
    );
    const records = await history.page(session, id, null, 1_000);
    const kept = records.map(({ record }) => record as { id: number; text: string });
    same(
      `history of ${id}`,
      kept.map((message) => line(message.id, message.text)),
      lines(shown(conversation)),
    );
    panel.openConversation(String(id));
    await world.browser.pass(3_000);
    for (let more = 0; more < 5 && panel.thread.hasOlder.value; more += 1) {
      panel.thread.showOlder();
      await world.browser.pass(3_000);
    }
    const bubbles = itemsOf(panel).flatMap((item) => (item.kind === 'bubble' ? [item] : []));
    const given = bubbles.filter(({ answers, state }) => answers && state === 'sent').map(({ text }) => text);
    same(
      `answers in ${id}`,
      given,
      answered.some((one) => conversation.messages.includes(one)) ? ['This', givenEmail] : [],
    );
    same(
      `thread of ${id}`,
      bubbles.filter(({ answers }) => !answers).map(({ messageId, text }) => line(messageId ?? 0, text)),
      lines(shown(conversation).filter((one) => !isDeleted(one))),
    );
  }
  const drafted = story.conversations[story.draft.conversation];
  same(
    'drafts',
    [...panel.drafts.texts.value],
    story.hasDraft ? [[String(drafted?.id), story.draft.text]] : [],
  );
  const reports = world.browser.reports.filter((report) => !expected.includes(report));
  same('reports', reports, []);
  panel.stop();
  return { wrong };
}
