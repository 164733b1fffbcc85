import type { Program } from 'oxc-parser';
import { parseSync, Visitor } from 'oxc-parser';

/** One arrow out of a file, however it is written: import, re-export, `import()`, `import('…').Type`, `require`. */
export interface Import {
  /** What stands between the quotes; null where it is computed. */
  readonly specifier: string | null;
  /** It is gone before the file runs. `import { type X }` is not: Node still loads the module. */
  readonly typeOnly: boolean;
  readonly line: number;
}

export interface SourceFile {
  readonly path: string;
  readonly imports: readonly Import[];
  readonly exportsDefault: boolean;
  /** It hands on what others export and holds nothing of its own. */
  readonly barrel: boolean;
  /** Nothing of it is left when the types are gone. */
  readonly typesOnly: boolean;
}

interface Found {
  readonly source: Literal | null;
  readonly start: number;
  readonly typeOnly: boolean;
}

interface Literal {
  readonly type: string;
  readonly value?: unknown;
}

/** Reads one TypeScript source; throws where it is not one. */
export function readSourceFile(path: string, text: string): SourceFile {
  const { program, module, errors } = parseSync(path, text, { sourceType: 'module', lang: 'ts' });
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0]?.message}`);
  return {
    path,
    imports: findImports(program).map((found) => toImport(text, found)),
    exportsDefault: module.staticExports.some(({ entries }) =>
      entries.some(({ exportName }) => exportName.kind === 'Default' || exportName.name === 'default'),
    ),
    barrel: isBarrel(program),
    typesOnly: program.body.every(isTypeStatement),
  };
}

function findImports(program: Program): readonly Found[] {
  const found: Found[] = [];
  const add = (source: Literal | null, node: { readonly start: number }, typeOnly: boolean) =>
    found.push({ source, start: node.start, typeOnly });
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node, node.importKind === 'type'),
    ExportNamedDeclaration: (node) => node.source !== null && add(node.source, node, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source, node, node.exportKind === 'type'),
    ImportExpression: (node) => add(node.source, node, false),
    TSImportType: (node) => add(node.source, node, true),
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') add(node.arguments[0] ?? null, node, false);
    },
  }).visit(program);
  return found;
}

function toImport(text: string, { source, start, typeOnly }: Found): Import {
  const literal = source?.type === 'Literal' && typeof source.value === 'string' ? source.value : null;
  return { specifier: literal, typeOnly, line: text.slice(0, start).split('\n').length };
}

function isBarrel({ body }: Program): boolean {
  const handsOn = body.some(({ type }) => type === 'ExportAllDeclaration' || type === 'ExportNamedDeclaration');
  return (
    handsOn &&
    body.every((node) => {
      if (node.type === 'ExportNamedDeclaration') return node.declaration === null;
      return node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration';
    })
  );
}

function isTypeStatement(node: Program['body'][number]): boolean {
  if (node.type === 'ImportDeclaration') return node.importKind === 'type';
  if (node.type === 'ExportNamedDeclaration') return node.exportKind === 'type';
  return node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration';
}
