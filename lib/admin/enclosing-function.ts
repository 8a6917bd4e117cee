import ts from 'typescript';

const textOf = (name: ts.Node | undefined) =>
  name !== undefined && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteral(name))
    ? name.text
    : undefined;

/** A function's own name, or that of what holds it. */
function nameOf(node: ts.Node): string | undefined {
  const { parent } = node;
  if (ts.isConstructorDeclaration(node) && ts.isClassLike(parent)) return `new ${textOf(parent.name) ?? 'class'}`;
  if (ts.isMethodDeclaration(node) || ts.isAccessor(node)) {
    const owner = ts.isClassLike(parent) ? textOf(parent.name) : undefined;
    return [owner, textOf(node.name)].filter((part) => part !== undefined).join('.');
  }
  if (ts.isFunctionDeclaration(node)) return textOf(node.name);
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return undefined;
  const isHeld =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  return textOf(node.name) ?? (isHeld ? textOf(parent.name) : undefined);
}

function innermost(node: ts.Node, position: number): ts.Node {
  const child = ts.forEachChild(node, (each) =>
    each.getFullStart() <= position && position < each.getEnd() ? each : undefined,
  );
  return child === undefined ? node : innermost(child, position);
}

/** The name of the innermost function with a name around a place in a source, both counted from 0; undefined outside of any. */
export function enclosingFunction(source: string, line: number, column: number): string | undefined {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const start = file.getLineStarts()[line];
  if (start === undefined) return undefined;
  for (let node = innermost(file, start + column); !ts.isSourceFile(node); node = node.parent) {
    const name = nameOf(node);
    if (name !== undefined && name !== '') return name;
  }
  return undefined;
}
