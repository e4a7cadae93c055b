// Messages that are only shown: words, cards, files, senders.
import type { Attachment } from '@/lib/core/types';
import { entry, mara, me, minute, now } from '../../panel/fixtures';
import { anAttachment } from '../attachments';
import { ask, assistant, bot, frame, nextId, nobody, offline, type Section, say } from './frames';

/** All that agents write in CommonMark. */
const markedUp = [
  '# How to be refunded\n\nOpen **Invoices**, choose the *second* charge, and press ~~Delete~~ `Refund`. Then:\n\n1. Say why\n2. Wait\n   - three days by card\n   - [longer](https://a.example/bank) by bank\n\n> I was charged twice.\n>\n> Ana',
  '```\nINV-2041  €1,240.00  refunded\nINV-2040    €320.00  paid, and a line that is too long for the bubble\n```',
  '| Card | Days |\n|---|---:|\n| Visa | 3 |\n| Amex | 5 |\n\n---\n\n![The receipt](https://a.example/receipt.png) <b>not bold</b> https://a.example/terms',
];

const picture = (name: string) => `${location.origin}/pictures/${name}.svg`;
const open = (label: string, url: string | null) => ({ label, url });
const card = (
  title: string,
  text: string,
  imageUrl: string | null,
  actions = [open('Open receipt', 'https://a.example')],
) => ({
  title,
  text,
  imageUrl,
  actions,
});

export const cardSection: Section = {
  name: 'Cards and articles',
  frames: [
    frame('A card', [
      ask(
        {
          kind: 'cards',
          cards: [card('Corrected receipt for 2041', 'Shows one charge.', picture('receipt'))],
        },
        '',
      ),
    ]),
    frame('Two, with words; one cannot be pressed', [
      ask(
        {
          kind: 'cards',
          cards: [
            card('Business', 'For teams of up to 50', null, [
              open('Compare plans', 'https://a.example'),
              open('Choose Business', null),
            ]),
            card('', 'A link that leads nowhere, and one without words', null, [
              open('Bad', 'javascript:alert(1)'),
              open('', 'https://a.example'),
            ]),
          ],
        },
        'Which of these?',
      ),
    ]),
    frame('Its picture cannot be had', [
      ask({ kind: 'cards', cards: [card('x'.repeat(60), 'y'.repeat(60), picture('nothing'))] }, ''),
    ]),
    frame('Articles', [
      ask(
        {
          kind: 'articles',
          articles: [
            {
              title: 'Why a charge appears twice',
              text: 'Time-outs, pending amounts and refunds',
              url: 'https://a.example',
            },
            { title: 'When refunds arrive', text: 'By card type and country', url: 'https://a.example' },
            { title: 'One without a link', text: '', url: null },
          ],
        },
        'These may help while you wait:',
      ),
    ]),
  ],
};

const file = (change: Partial<Attachment>) =>
  anAttachment(nextId(), { url: 'https://a.example/f', ...change });
const image = (name: string, dimensions: Attachment['dimensions'], text = '') =>
  say({ text, attachments: [file({ kind: 'image', url: picture(name), name: `${name}.png`, dimensions })] });

export const fileSection: Section = {
  name: 'Files',
  frames: [
    frame('Pictures', [image('receipt', { width: 320, height: 180 }, 'This one?'), image('receipt', null)]),
    frame('Tall and wide', [
      image('tall', { width: 300, height: 900 }),
      image('wide', { width: 1200, height: 200 }),
    ]),
    frame('Not there', [
      image('nothing', { width: 320, height: 180 }),
      image('nothing', { width: 20, height: 20 }),
    ]),
    frame('Files', [
      say({
        text: '',
        attachments: [
          file({ name: 'refund-confirmation-2041.pdf', size: 84_000 }),
          file({
            name: 'a name that is much longer than the panel can show in one line.csv',
            size: 6_400_000,
          }),
          file({ name: 'كشف حساب نوفمبر.xlsx', size: 900 }),
          file({ name: null, url: 'javascript:alert(1)' }),
        ],
      }),
    ]),
    frame('Voice and film', [
      say({
        text: '',
        attachments: [
          file({
            kind: 'audio',
            name: 'voice-message.ogg',
            size: 48_000,
            transcript: 'Hi Ana, I looked at both charges. The second one is only reserved.',
          }),
          file({ kind: 'audio', name: 'again.mp3', size: 48_000 }),
          file({ kind: 'video', name: 'how-to-export.mp4', size: 12_400_000 }),
          file({ kind: 'other', name: 'location', size: null }),
        ],
      }),
    ]),
    frame('Own', [
      say({
        author: me,
        text: 'Here it is',
        attachments: [
          file({
            kind: 'image',
            url: picture('receipt'),
            name: 'receipt.png',
            dimensions: { width: 320, height: 180 },
          }),
          file({ name: 'contract.pdf', size: 210_000 }),
        ],
      }),
    ]),
  ],
};

const quoted = say({
  author: me,
  text: 'Two charges for invoice 2041? '.repeat(4),
  createdAt: now - 8 * minute,
});
const gone = say({ text: 'x', deleted: true });
const echo = (n: number) => `00000000-0000-4000-b000-00000000000${n}`;

export const wordSection: Section = {
  name: 'Words and senders',
  frames: [
    frame('Senders', [
      say({ text: 'An agent', author: mara }),
      say({ text: 'A bot', author: bot }),
      say({ text: 'An assistant', author: assistant }),
      say({ text: 'The company itself', author: nobody }),
      say({
        text: 'A long name',
        author: { ...mara, id: 77, name: 'Maximiliane von und zu Hohenstein-Lichtenfels auf Burg' },
      }),
    ]),
    frame(
      'Own, in every state',
      [
        say({ author: me, text: 'Read by the team', status: 'read', createdAt: now - 9 * minute }),
        say({ author: me, text: 'Not handed on to the team’s own software', status: 'failed' }),
      ],
      {
        outbox: (['uncertain', 'failed', 'held', 'sending', 'queued'] as const).map((status, index) =>
          entry(echo(index), { status, text: status, sequence: index, queuedAt: now + index }),
        ),
      },
    ),
    frame('Own, offline', [say({ text: 'Hello' })], {
      ...offline,
      outbox: [entry(echo(7), { text: 'I am on a train' })],
    }),
    frame('Long, and without a break', [
      say({ text: 'word '.repeat(120) }),
      say({ text: 'x'.repeat(200), author: me }),
      say({ text: `https://a.example/${'path/'.repeat(30)}` }),
    ]),
    frame('Marked up', [
      ...markedUp.map((text) => say({ text })),
      say({ text: 'As **I** wrote it', author: me }),
    ]),
    frame('Folded, and a link that names another address', [
      say({ text: 'One line after the other.\n\n'.repeat(30) }),
      say({ text: 'Go to [bank.example](https://other.example/bank).', author: bot }),
    ]),
    frame('Emoji, both directions, nothing', [
      say({ text: '👍🏽' }),
      say({ text: 'الفاتورة INV-2041 مدفوعة.' }),
      say({ text: '', author: bot }),
    ]),
    frame('Quotes', [
      quoted,
      gone,
      say({ text: 'Yes, I can see both.', quotedId: quoted.id }),
      say({ text: 'About what was deleted', quotedId: gone.id, author: bot }),
      say({ text: 'About something long ago', quotedId: 1_000_000, author: assistant }),
    ]),
    frame(
      'Translated, and its original',
      [
        say({
          text: 'Das Geld ist in drei Tagen da.',
          translations: { en: 'The money is there in three days.' },
        }),
        say({ text: 'Gern geschehen!', translations: { en_GB: 'You are welcome!' }, author: bot }),
      ],
      {},
      { after: (element) => [...element.querySelectorAll<HTMLElement>('.bubble-button')].at(-1)?.click() },
    ),
  ],
};
