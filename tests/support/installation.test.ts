// What an operator is told about the description of an installation.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_INBOXES } from '../server/demo/demo-inboxes';
import { readInstallation } from './installation';
import { describeOwn } from './own-installation';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carbonchat-installation-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(content: unknown): string {
  const file = join(folder, 'installation.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test('reads the description that the server in tests/server gives of itself', () => {
  const own = describeOwn('http://127.0.0.1:7810', DEMO_INBOXES);
  expect(readInstallation(write(own))).toEqual(own);
});

test('names every field that is missing or wrong', () => {
  const { inboxes, ...rest } = describeOwn('http://127.0.0.1:7810/app', DEMO_INBOXES);
  const { csat: _csat, ...others } = inboxes;
  const read = () => readInstallation(write({ ...rest, agentToken: '', inboxes: others }));
  expect(read).toThrow(/url: is not an origin[\s\S]*agentToken: is empty[\s\S]*inboxes\.csat: /);
});
