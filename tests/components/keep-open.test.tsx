// @vitest-environment happy-dom
// The panel as a popup has a way to the place where it stays open; elsewhere there is no such button.
import { render, screen } from '@testing-library/preact';
import { expect, it, vi } from 'vitest';
import { PanelContext, type PanelTools } from '@/components/context';
import { KeepOpen } from '@/components/keep-open';

const tools = { words: { text: (key: string) => key } } as unknown as PanelTools;

it('is a button in a popup, and nothing elsewhere', () => {
  const keepOpen = vi.fn();
  const { rerender } = render(
    <PanelContext.Provider value={{ ...tools, keepOpen }}>
      <KeepOpen />
    </PanelContext.Provider>,
  );
  screen.getByRole('button', { name: 'keepOpen' }).click();
  expect(keepOpen).toHaveBeenCalledOnce();
  rerender(
    <PanelContext.Provider value={tools}>
      <KeepOpen />
    </PanelContext.Provider>,
  );
  expect(screen.queryByRole('button')).toBeNull();
});
