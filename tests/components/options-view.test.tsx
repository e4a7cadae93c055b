// @vitest-environment happy-dom
// The options page says what the extension is set to.
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { type OptionsProps, OptionsView } from '@/components/options-view';
import { oneSite } from '../site/sites';

afterEach(cleanup);

const props: OptionsProps = {
  name: 'Acme Support',
  version: '1.2.3',
  sites: oneSite().sites,
  shortcut: 'Alt+Shift+H',
  changeShortcut() {},
  words: {
    text: (key: string, values: Record<string, string> = {}) => [key, ...Object.values(values)].join(' '),
  } as unknown as OptionsProps['words'],
};

it('names the extension, every site, its pages and its server', () => {
  render(<OptionsView {...props} />);
  screen.getByRole('heading', { level: 1, name: 'Acme Support' });
  screen.getByRole('heading', { level: 2, name: 'Acme' });
  screen.getByText('https://app.acme.com/*');
  screen.getByText('https://support.acme.com');
  screen.getByText('optionsVersion 1.2.3');
});

it('says which keys open the panel, and leads to where they are changed', () => {
  const changeShortcut = vi.fn();
  const { rerender } = render(<OptionsView {...props} changeShortcut={changeShortcut} />);
  screen.getByText('optionsShortcut Alt+Shift+H');
  screen.getByRole('button', { name: 'optionsChangeShortcut' }).click();
  expect(changeShortcut).toHaveBeenCalledOnce();
  rerender(<OptionsView {...props} shortcut="" />);
  screen.getByText('optionsNoShortcut');
  rerender(<OptionsView {...props} shortcut={null} />);
  expect(screen.queryByText('optionsNoShortcut')).toBeNull();
});
