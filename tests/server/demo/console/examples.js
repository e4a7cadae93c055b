// What the "Send…" menu offers: one sensible message of each interactive kind, as the account API takes it.

const help = (page) => `https://ledgerly.example/help/${page}`;

export const EXAMPLES = [
  {
    label: 'Question with choices',
    content: 'Which plan are you on?',
    content_type: 'input_select',
    content_attributes: {
      items: [
        { title: 'Starter', value: 'starter' },
        { title: 'Team', value: 'team' },
        { title: 'Business', value: 'business' },
      ],
    },
  },
  {
    label: 'Form',
    content: 'Please tell us about the invoice.',
    content_type: 'form',
    content_attributes: {
      button_label: 'Send to Ledgerly',
      items: [
        { name: 'number', type: 'text', label: 'Invoice number', placeholder: 'INV-2041', required: true },
        { name: 'email', type: 'email', label: 'E-mail for the corrected one', required: true },
        {
          name: 'reason',
          type: 'select',
          label: 'What is wrong?',
          options: [
            { label: 'The amount', value: 'amount' },
            { label: 'The address', value: 'address' },
            { label: 'Something else', value: 'other' },
          ],
        },
        { name: 'details', type: 'text_area', label: 'Details', placeholder: 'What should it say?' },
      ],
    },
  },
  {
    label: 'Cards',
    content: 'Two plans would fit you.',
    content_type: 'cards',
    content_attributes: {
      items: ['Team', 'Business'].map((plan, index) => ({
        title: `${plan} plan`,
        description: ['Up to 10 people, e-mail support.', 'No limit of people, a person to call.'][index],
        media_url: new URL(`/console/plan-${plan.toLowerCase()}.svg`, location.href).href,
        actions: [
          { type: 'link', text: 'See what is in it', uri: help(`plans#${plan.toLowerCase()}`) },
          { type: 'postback', text: `Choose ${plan}`, payload: `PLAN_${plan.toUpperCase()}` },
        ],
      })),
    },
  },
  {
    label: 'Article list',
    content: 'These pages may help.',
    content_type: 'article',
    content_attributes: {
      items: [
        {
          title: 'Change the address on an invoice',
          description: 'Before and after it was sent.',
          link: help('address'),
        },
        {
          title: 'Write a credit note',
          description: 'For the whole amount or a part of it.',
          link: help('credit-notes'),
        },
      ],
    },
  },
  {
    label: 'E-mail question',
    content: 'Which e-mail address can we write to?',
    content_type: 'input_email',
    content_attributes: {},
  },
  { label: 'Rating', content: 'How was our help?', content_type: 'input_csat', content_attributes: {} },
];
