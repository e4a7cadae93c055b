// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { violations } from './import-rule';

const folders = ['lib', 'components', 'entrypoints', 'tests/server'];
/** What drives and shows the in-memory CarbonChat is as free as any test. */
const isRuled = (file: string) => !/^tests\/server\/(testing\/|demo\/|main\.ts$)/.test(file);

describe('the import rule of the project', () => {
  it('holds in every file', () => {
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file))
        .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
        .filter(isRuled),
    );
    expect(files.flatMap((file) => violations(file, readFileSync(file, 'utf8')))).toEqual([]);

    // A check that read nothing would pass as well: TypeScript finds the files in a way of its own.
    const root = ts.sys.getCurrentDirectory();
    const known = folders.flatMap((folder) => ts.sys.readDirectory(`${root}/${folder}`, ['.ts', '.tsx']));
    const named = known.map((file) => relative(root, file).replaceAll('\\', '/')).filter(isRuled);
    expect(files.sort()).toEqual(named.sort());
    expect(files.length).toBeGreaterThan(30);
  });
});

describe('a file breaks the rule', () => {
  it.each([
    ['a value by alias', 'lib/core/a.ts', "import { x } from '@/lib/cable/cable';"],
    ['a value by a relative name', 'lib/core/a.ts', "import { x } from '../cable/cable';"],
    ['types alone', 'lib/core/a.ts', "import type { X } from '@/lib/platform/types';"],
    ['types one by one', 'lib/core/a.ts', "import { type X } from '@/lib/platform/types';"],
    ['a type in place', 'lib/core/a.ts', "let x: import('@/lib/platform/types').X;"],
    ['a side effect', 'lib/core/a.ts', "import '@/lib/panel/panel';"],
    ['a dynamic import', 'lib/panel/a.ts', "void import('@/lib/background/background');"],
    ['a dynamic import of a computed name', 'lib/panel/a.ts', 'void import(name);'],
    ['a re-export', 'lib/panel/a.ts', "export { x } from '@/lib/background/background';"],
    ['a re-export of everything', 'lib/panel/a.ts', "export * from '../background/background';"],
    ['require', 'lib/panel/a.ts', "const x = require('@/lib/background/background');"],
    ['an old import', 'lib/panel/a.ts', "import x = require('@/lib/background/background');"],
    ['a glob', 'lib/panel/a.ts', "import.meta.glob('../background/*.ts');"],
    ['a package', 'lib/core/a.ts', "import * as v from 'valibot';"],
    ['a Node module', 'lib/core/a.ts', "import { join } from 'node:path';"],
    ['the extension API', 'lib/background/a.ts', "import { browser } from 'wxt/browser';"],
    [
      'the extension API in the content script',
      'lib/platform/webext-content.ts',
      "import { browser } from 'wxt/browser';",
    ],
    ['the polyfill itself', 'lib/platform/webext.ts', "import browser from 'webextension-polyfill';"],
    ['code where types are allowed', 'lib/background/a.ts', "import { x } from '@/lib/platform/types';"],
    ['a type among values', 'lib/messaging/a.ts', "import { type X, y } from '@/lib/core/types';"],
    ['a default beside types', 'lib/messaging/a.ts', "import x, { type X } from '@/lib/core/types';"],
    ['other types of platform', 'lib/background/a.ts', "import type { X } from '@/lib/platform/webext';"],
    [
      'the background from the panel',
      'lib/panel/a.ts',
      "import type { X } from '@/lib/background/platform';",
    ],
    ['what decides from the panel', 'lib/panel/a.ts', "import { update } from '@/lib/core/update';"],
    ['messaging from a component', 'components/a.tsx', "import type { X } from '@/lib/messaging/commands';"],
    ['HTTP from an action', 'tests/server/actions/a.ts', "import type { X } from '../http/params';"],
    ['an action from records', 'tests/server/records/a.ts', "import { x } from '../actions/names';"],
    ['the client from the server', 'tests/server/http/a.ts', "import { x } from '@/lib/carbonchat/client';"],
    ['the recording', 'tests/server/server.ts', "import x from '../fixtures/recording.json';"],
    ['the reader of the recording', 'tests/server/http/a.ts', "import { x } from '../../support/recording';"],
    ['a test', 'entrypoints/background.ts', "import { x } from '@/tests/support/fake-clock';"],
    ['a package that only begins like an allowed one', 'lib/panel/a.ts', "import x from 'preact-router';"],
    ['a folder that only begins like an allowed one', 'lib/site/a.ts', "import x from '@/lib/core-extra/a';"],
  ])('by importing %s', (_, path, code) => {
    expect(violations(path, code)).toHaveLength(1);
  });

  it('by lying in no room', () => {
    expect(violations('lib/other/a.ts', '')).toEqual(['lib/other/a.ts: lies in no room of the table']);
  });

  it('and is told which import it is', () => {
    expect(violations('lib/core/a.ts', "import type { X } from '@/lib/site/config';")).toEqual([
      'lib/core/a.ts: imports types of @/lib/site/config',
    ]);
  });
});

describe('a file keeps the rule', () => {
  it.each([
    ['its own folder', 'lib/core/a.ts', "import { x } from './b';\nexport * from '@/lib/core/c';"],
    ['a room it builds on', 'lib/background/a.ts', "import { update } from '@/lib/core/update';"],
    ['the types of platform', 'lib/cable/a.ts', "import type { Socket } from '@/lib/platform/types';"],
    ['types one by one', 'lib/messaging/a.ts', "import { type X, type Y } from '@/lib/core/types';"],
    ['re-exported types', 'lib/messaging/a.ts', "export type { X } from '@/lib/core/types';"],
    ['a file of a room', 'lib/panel/a.ts', "import { keyOf } from '../core/types';"],
    ['a part of a package', 'components/a.tsx', "import { useState } from 'preact/hooks';"],
    ['a scoped package', 'lib/panel/a.ts', "import { signal } from '@preact/signals';"],
    ['the extension API in its one file', 'lib/platform/webext.ts', "import { browser } from 'wxt/browser';"],
    ['the layer below', 'tests/server/actions/a.ts', "import { x } from '../records/store';"],
    ['its style sheet', 'entrypoints/sidepanel/main.tsx', "import './style.css';"],
    [
      'words that look like an import',
      'lib/core/a.ts',
      "// import x from 'valibot'\nconst a = \"import 'valibot'\";",
    ],
  ])('by importing %s', (_, path, code) => {
    expect(violations(path, code)).toEqual([]);
  });
});
