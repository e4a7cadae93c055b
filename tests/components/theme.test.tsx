// @vitest-environment happy-dom
import { act } from '@testing-library/preact';
import { expect, it } from 'vitest';
import { accents } from '@/lib/core/accent';
import { snapshot } from '../panel/fixtures';
import { panelPage } from './panel-page';

const property = (name: string) => document.documentElement.style.getPropertyValue(name);

it('gives the page the accents of the company once they are known', async () => {
  const { background } = await panelPage(null);
  expect(property('--fill')).toBe('');
  const color = '#ffd400';
  act(() =>
    background.snapshot(snapshot({ site: { siteId: 'pluck', sessionId: 'own', name: 'Pluck', color } })),
  );
  const { fill, onFill, text, ownTint } = accents(color, 'light');
  expect(['--fill', '--on-fill', '--accent', '--own'].map(property)).toEqual([fill, onFill, text, ownTint]);
});
