// Finds in built files what would run code, make markup or reach hosts that are not the package's own. Pure.
import ts from 'typescript';

const runsText = ['eval', 'Function', 'importScripts'];
const takesFunctionOrText = ['setTimeout', 'setInterval'];

/** Names of all that makes code from text or loads it from outside the package, in the order of the script. */
export function codeFromText(script: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? importOf(node) : callOf(node);
    if (name) found.push(name);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('script.js', script, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS));
  return found;
}

/** What a page or style sheet loads, and the scripts that are written into it. Links to click are none. */
export function loadedByPage(text: string): string[] {
  const parts =
    /<script\b[^>]*\bsrc="([^"]+)"|<script\b[^>]*>([^<]+)<|<(?:link|img|iframe)\b[^>]*\b(?:href|src)="([^"]+)"|@import\s+(?:url\()?["']([^"']+)|url\(\s*["']?([^"')]+)/g;
  return [...text.matchAll(parts)].map(([, ...groups]) => groups.find((group) => group !== undefined) ?? '');
}

/** The hosts of all addresses in a text, without ports and wildcards. */
export function addressesIn(text: string): string[] {
  return [...text.matchAll(/\b(?:https?|wss?):\/\/(?:\*\.)?([\w-]+(?:\.[\w-]+)*)/g)].map(
    ([, host = '']) => host,
  );
}

/** Names of all in a source that makes markup from text. */
export function markupFromText(source: string): string[] {
  return (
    source.match(/dangerouslySetInnerHTML|\b(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe)\b/g) ?? []
  );
}

function importOf({ moduleSpecifier }: ts.ImportDeclaration | ts.ExportDeclaration): string | null {
  return moduleSpecifier && !isOwnFile(moduleSpecifier) ? 'import' : null;
}

function callOf(node: ts.Node): string | null {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return null;
  const [first] = node.arguments ?? [];
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return first && isOwnFile(first) ? null : 'import';
  const name = nameOf(node.expression);
  if (runsText.includes(name)) return name;
  const text = first && ts.isStringLiteralLike(first) ? first.text : null;
  if (takesFunctionOrText.includes(name) && text !== null) return name;
  if (name === 'createElement' && text?.toLowerCase() === 'script') return name;
  return name === 'write' && ts.isPropertyAccessExpression(node.expression) && isDocument(node.expression)
    ? 'document.write'
    : null;
}

/** The last name of what is called: `eval` of `(0, eval)` and of `globalThis.eval`. */
function nameOf(called: ts.Expression): string {
  if (ts.isIdentifier(called)) return called.text;
  if (ts.isPropertyAccessExpression(called)) return called.name.text;
  if (ts.isParenthesizedExpression(called)) return nameOf(called.expression);
  return ts.isBinaryExpression(called) ? nameOf(called.right) : '';
}

function isDocument({ expression }: ts.PropertyAccessExpression): boolean {
  return nameOf(expression) === 'document';
}

function isOwnFile(specifier: ts.Expression): boolean {
  return ts.isStringLiteralLike(specifier) && /^\.{0,2}\/(?!\/)/.test(specifier.text);
}
