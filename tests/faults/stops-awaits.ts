// Finds every place in a source file at which the background lets go of the turn, and makes each of them a stop
// point. Knows the syntax only; what a stop is, is told in stops-points.ts.
import ts from 'typescript';

/** A place that waits: an `await`, or a `.then` or `.catch` of a promise. */
export interface Wait {
  /** `lib/background/repository.ts:154`, with a letter where a line holds several. */
  id: string;
  /** The file and the nearest named function around it. */
  within: string;
  /** Its first line. */
  text: string;
}

interface Found extends Wait {
  /** The promise that is waited for. */
  from: number;
  to: number;
}

/** All waits of a file in the order of the source. `file` is its path from the root. */
export function waitsOf(file: string, source: string): Found[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    const promise = promiseOf(node);
    if (promise) {
      const from = promise.getStart(tree);
      const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
      const same = found.filter(({ id }) => id.split(/[a-z]?$/)[0] === `${file}:${line}`).length;
      const id = `${file}:${line}${same > 0 ? String.fromCharCode(97 + same) : ''}`;
      const text = node.getText(tree).split('\n')[0] ?? '';
      found.push({ id, within: `${file} ${nameAround(node)}`, text, from, to: promise.end });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The same source, in which every wait tells of itself before it begins and after it ends. */
export function withStops(file: string, source: string, points: string): string {
  const waits = waitsOf(file, source);
  const inserts = waits.flatMap(({ id, from, to }, order) => [
    { at: from, order, text: `__ends('${id}', (__begins('${id}'), ` },
    // What begins inside another wait ends before it.
    { at: to, order: -order, text: '))' },
  ]);
  inserts.sort((a, b) => b.at - a.at || b.order - a.order);
  let code = source;
  for (const { at, text } of inserts) code = code.slice(0, at) + text + code.slice(at);
  return `import { begins as __begins, ends as __ends } from '${points}'; ${code}`;
}

function promiseOf(node: ts.Node): ts.Expression | null {
  if (ts.isAwaitExpression(node)) return node.expression;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null;
  const { name, expression } = node.expression;
  return name.text === 'then' || name.text === 'catch' ? expression : null;
}

function nameAround(node: ts.Node): string {
  for (let each = node.parent; each; each = each.parent) {
    if (ts.isFunctionDeclaration(each) || ts.isMethodDeclaration(each) || ts.isPropertyAssignment(each))
      return each.name?.getText() ?? 'default';
    if (ts.isVariableDeclaration(each) && each.initializer && ts.isArrowFunction(each.initializer))
      return each.name.getText();
  }
  return 'module';
}
