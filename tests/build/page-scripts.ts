// Which scripts a built page loads before anything is clicked.
import { posix } from 'node:path';
import ts from 'typescript';

/** Paths, below the build, of all scripts that a page loads by tag, preload or static import; each once. */
export async function scriptsOfPage(
  page: string,
  read: (file: string) => Promise<string>,
): Promise<string[]> {
  const html = await read(page);
  const tags = [
    ...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"|<link\b[^>]*\brel="modulepreload"[^>]*\bhref="([^"]+)"/g),
  ];
  const files = tags.map(([, script, preload]) => (script ?? preload ?? '').replace(/^\//, ''));
  // The list grows while it is walked; a set visits each file once.
  const found = new Set(files);
  for (const file of found) {
    for (const name of staticImports(await read(file))) found.add(posix.join(posix.dirname(file), name));
  }
  return [...found];
}

/** The relative files that a script imports or re-exports statically. */
export function staticImports(code: string): string[] {
  const file = ts.createSourceFile('script.js', code, ts.ScriptTarget.Latest);
  return file.statements
    .filter((statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement))
    .flatMap(({ moduleSpecifier }) =>
      moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? [moduleSpecifier.text] : [],
    );
}
