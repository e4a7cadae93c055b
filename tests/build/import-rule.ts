// The table of design §2 as data, and the check of one file against it. Pure: it is given the text.
import { posix } from 'node:path';
import ts from 'typescript';

interface Room {
  /** Other rooms, or files of them, that may be imported. */
  may: readonly string[];
  /** The same, for types alone. */
  mayTypes?: readonly string[];
  /** npm packages, with everything below them. */
  npm: readonly string[];
}

const platformTypes = ['lib/platform/types'];
const serverRecords = ['tests/server/records', 'tests/server/world'];

const rooms: Readonly<Record<string, Room>> = {
  'lib/core': { may: [], npm: [] },
  'lib/platform': { may: [], npm: ['idb'] },
  'lib/cable': { may: [], mayTypes: platformTypes, npm: [] },
  'lib/site': { may: ['lib/core'], npm: ['valibot'] },
  // What the build alone uses: no room of the extension may import it.
  'lib/build': { may: [], npm: ['node:fs', 'node:module', '@resvg/resvg-wasm', 'jszip', 'emojibase-data'] },
  'lib/carbonchat': { may: ['lib/core', 'lib/cable'], mayTypes: platformTypes, npm: ['valibot'] },
  'lib/messaging': { may: [], mayTypes: ['lib/core', 'lib/site'], npm: ['valibot'] },
  'lib/background': {
    may: ['lib/core', 'lib/cable', 'lib/carbonchat', 'lib/site', 'lib/messaging'],
    mayTypes: platformTypes,
    npm: [],
  },
  'lib/panel': {
    // Selectors: the colours of one colour, the words of a text.
    may: ['lib/core/types', 'lib/core/accent', 'lib/core/plain-words', 'lib/messaging'],
    mayTypes: ['lib/core', ...platformTypes],
    npm: ['@preact/signals', 'preact'],
  },
  components: {
    may: ['lib/panel'],
    mayTypes: ['lib/core'],
    npm: ['preact', '@preact/signals', 'lucide-preact', 'markdown-it'],
  },
  // WXT's defining functions only say what an entrypoint is.
  entrypoints: {
    may: ['lib', 'components'],
    npm: ['preact', 'wxt/utils/define-background', 'wxt/utils/define-content-script'],
  },
  // The in-memory CarbonChat must not learn from what it is compared with: nothing of lib, nothing of other tests.
  'tests/server/records': { may: serverRecords, npm: ['node:crypto'] },
  'tests/server/presenters': { may: serverRecords, npm: ['node:crypto'] },
  'tests/server/actions': { may: [...serverRecords, 'tests/server/presenters'], npm: ['node:crypto'] },
  'tests/server': {
    may: [],
    npm: [
      ...['async_hooks', 'crypto', 'events', 'http', 'net', 'stream', 'timers'].map((name) => `node:${name}`),
      ...['hono', '@hono/node-server', 'ws'],
    ],
  },
};

/** The one file that may import the extension API. */
const extensionApi = { file: 'lib/platform/webext.ts', name: 'wxt/browser' };

/** One import, re-export or type reference; null: its name is not a plain text. */
interface Import {
  name: string | null;
  typeOnly: boolean;
}

/**
 * Says what a file imports against the rule, one line each. `path` is relative to the root, with slashes.
 * `require` and the bundler's globs hide what they load, and are refused.
 */
export function violations(path: string, code: string): string[] {
  const home = Object.keys(rooms).find((folder) => isWithin(path, folder));
  const room = home && rooms[home];
  if (!room) return [`${path}: lies in no room of the table`];
  return importsOf(path, code)
    .filter((imported) => !isAllowed(path, home, room, imported))
    .map(
      ({ name, typeOnly }) => `${path}: imports ${typeOnly ? 'types of ' : ''}${name ?? 'a computed name'}`,
    );
}

function isAllowed(path: string, home: string, room: Room, { name, typeOnly }: Import): boolean {
  if (name === null) return false;
  const target = targetOf(path, name);
  if (target === null) {
    const isExtensionApi = path === extensionApi.file && name === extensionApi.name;
    return isExtensionApi || room.npm.some((allowed) => isWithin(name, allowed));
  }
  const allowed = [home, ...room.may, ...(typeOnly ? (room.mayTypes ?? []) : [])];
  return allowed.some((folder) => isWithin(target, folder));
}

/** The imported file below the root without its extension; null: a package. */
function targetOf(path: string, name: string): string | null {
  const file = name.startsWith('@/') ? name.slice(2) : posix.join(posix.dirname(path), name);
  return name.startsWith('@/') || name.startsWith('.') ? file.replace(/\.tsx?$/, '') : null;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function importsOf(path: string, code: string): Import[] {
  const found: Import[] = [];
  const add = (name: ts.Node | undefined, typeOnly: boolean) =>
    found.push({ name: name && ts.isStringLiteralLike(name) ? name.text : null, typeOnly });
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node.importClause));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add(node.moduleSpecifier, node.isTypeOnly || areTypes(node.exportClause));
    } else if (ts.isImportTypeNode(node))
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isExternalModuleReference(node)) add(node.expression, false);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    else if (ts.isCallExpression(node) && /^(require|import\.meta\.glob)$/.test(node.expression.getText()))
      add(undefined, false);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true));
  return found;
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  return clause.name === undefined && areTypes(clause.namedBindings);
}

function areTypes(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean {
  const elements = bindings && 'elements' in bindings ? [...bindings.elements] : [];
  return elements.length > 0 && elements.every(({ isTypeOnly }) => isTypeOnly);
}
