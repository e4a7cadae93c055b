// Ledgerly's whole front end: client-side routes, a sign-in kept in localStorage, three pages of invented figures.
// Of the support panel it knows the block in which that reads who is signed in, and nothing else.

const INVOICES = [
  ['INV-2044', 'Aster & Pine', 'Open', 1240],
  ['INV-2043', 'Holm Labs', 'Paid', 320],
  ['INV-2042', 'Kite Studio', 'Open', 2075.5],
  ['INV-2041', 'Aster & Pine', 'Paid', 1240],
  ['INV-2040', 'Moss & Reed', 'Overdue', 96],
  ['INV-2039', 'Orla Textiles', 'Paid', 410],
];
const CUSTOMERS = [
  ['Aster & Pine', 'Rotterdam', 'accounts@aster-pine.test'],
  ['Holm Labs', 'Uppsala', 'billing@holm.test'],
  ['Kite Studio', 'Lisbon', 'hello@kite.test'],
  ['Moss & Reed', 'Galway', 'office@moss-reed.test'],
  ['Orla Textiles', 'Porto', 'finance@orla.test'],
];
const money = new Intl.NumberFormat('en-NL', { style: 'currency', currency: 'EUR' });
const USER_KEY = 'ledgerly.user';

/** An element with attributes and children; strings become text, so nothing is ever parsed as HTML. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const identityBlock = element('script', { type: 'application/json', 'data-carbonchat-user': '' });
document.head.append(identityBlock);

const signedInUser = () => JSON.parse(localStorage.getItem(USER_KEY) ?? 'null');

function table(caption, heads, rows) {
  const head = element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)));
  return element(
    'div',
    { class: 'table' },
    element(
      'table',
      { 'aria-label': caption },
      element('thead', {}, head),
      element('tbody', {}, ...rows.map((cells) => element('tr', {}, ...cells))),
    ),
  );
}

const cell = (text, kind = '') => element('td', kind ? { class: kind } : {}, text);

const PAGES = {
  '/invoices': () => [
    'Invoices',
    table(
      'Invoices',
      ['Number', 'Customer', 'State', 'Amount'],
      INVOICES.map(([number, customer, state, amount]) => [
        cell(number),
        cell(customer),
        cell(state, state),
        cell(money.format(amount), 'amount'),
      ]),
    ),
  ],
  '/customers': () => [
    'Customers',
    table(
      'Customers',
      ['Name', 'City', 'E-mail'],
      CUSTOMERS.map((customer) => customer.map((text) => cell(text))),
    ),
  ],
  '/reports': () => {
    const total = (state) =>
      INVOICES.filter((row) => state === null || row[2] === state).reduce((sum, row) => sum + row[3], 0);
    const cards = [
      ['Invoiced this month', total(null)],
      ['Paid', total('Paid')],
      ['Overdue', total('Overdue')],
    ].map(([label, amount]) =>
      element('div', { class: 'card' }, label, element('strong', {}, money.format(amount))),
    );
    return ['Reports', element('div', { class: 'cards' }, ...cards)];
  },
};

function signInForm() {
  const form = element(
    'form',
    { class: 'sign-in', 'aria-label': 'Sign in' },
    element('label', {}, 'Name', element('input', { name: 'name', required: '', autocomplete: 'name' })),
    element(
      'label',
      {},
      'E-mail',
      element('input', { name: 'email', type: 'email', required: '', autocomplete: 'email' }),
    ),
    element('button', {}, 'Sign in'),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const body = JSON.stringify(Object.fromEntries(new FormData(form)));
    const answer = await fetch('/session', { method: 'POST', body });
    localStorage.setItem(USER_KEY, await answer.text());
    history.replaceState(null, '', location.pathname);
    show();
  });
  return form;
}

function showAccount(user) {
  const account = document.getElementById('account');
  if (user === null) {
    account.replaceChildren(element('a', { class: 'button', href: '?sign-in' }, 'Sign in'));
    return;
  }
  const signOut = element('button', { type: 'button' }, 'Sign out');
  signOut.addEventListener('click', () => {
    localStorage.removeItem(USER_KEY);
    show();
  });
  account.replaceChildren(element('span', {}, `Signed in as ${user.name}`), signOut);
}

function show() {
  const user = signedInUser();
  identityBlock.textContent = JSON.stringify(user);
  showAccount(user);
  const asksToSignIn = location.search === '?sign-in' && user === null;
  const path = location.pathname === '/' ? '/invoices' : location.pathname;
  const [title, content] = asksToSignIn ? ['Sign in', signInForm()] : PAGES[path]();
  document.title = `${title} · Ledgerly`;
  document.getElementById('page').replaceChildren(element('h1', {}, title), content);
  for (const link of document.querySelectorAll('nav a')) {
    if (link.pathname === path && !asksToSignIn) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href]');
  if (link === null || link.origin !== location.origin || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  history.pushState(null, '', link.getAttribute('href'));
  show();
});
addEventListener('popstate', show);
show();
