import { posix } from 'node:path';
import type { Floor } from './floors.ts';
import { floorOf } from './floors.ts';
import type { Import, SourceFile } from './sourceFile.ts';
import { readSourceFile } from './sourceFile.ts';

/** Sources by their path below src. */
export type Sources = ReadonlyMap<string, string>;

/** What breaks the house's rules, one sentence each, sorted by file. */
export function findViolations(sources: Sources): readonly string[] {
  const files = [...sources].map(([path, text]) => readSourceFile(path, text));
  return [...files.flatMap(fileViolations), ...cycles(files).map((path) => `import cycle: ${path.join(' -> ')}`)];
}

function fileViolations(file: SourceFile): readonly string[] {
  const floor = floorOf(file.path);
  if (floor === undefined) return [`${file.path}: stands on no floor`];
  return [
    ...(file.exportsDefault ? [`${file.path}: default export`] : []),
    ...(file.barrel ? [`${file.path}: barrel, only hands on the exports of others`] : []),
    ...(floor.typesOnly === true && !file.typesOnly ? [`${file.path}: holds more than types`] : []),
    ...file.imports.flatMap((arrow) => {
      const reason = refusal(floor, file.path, arrow);
      return reason === null ? [] : [`${file.path}:${arrow.line}: ${reason}`];
    }),
  ];
}

function refusal(floor: Floor, path: string, arrow: Import): string | null {
  const { specifier, typeOnly } = arrow;
  if (specifier === null) return floor.computedImports === true ? null : 'import of a computed name';
  const target = targetOf(path, specifier);
  const allowed = target === null ? mayUsePackage(floor, specifier, typeOnly) : mayEnter(floor, target, typeOnly);
  return allowed ? null : `${floor.room} may not import ${typeOnly ? 'types of ' : ''}${target ?? specifier}`;
}

/** The path below src that a relative import means (it begins with `..` where it leaves src); null for a package. */
function targetOf(path: string, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : null;
}

function mayEnter(floor: Floor, target: string, typeOnly: boolean): boolean {
  const rooms = typeOnly ? [...floor.values, ...(floor.types ?? [])] : floor.values;
  return !target.startsWith('..') && rooms.some((room) => target.startsWith(room));
}

function mayUsePackage(floor: Floor, specifier: string, typeOnly: boolean): boolean {
  const names = typeOnly ? [...(floor.packages ?? []), ...(floor.packageTypes ?? [])] : (floor.packages ?? []);
  return names.some((name) => specifier === name || specifier.startsWith(/[/:]$/.test(name) ? name : `${name}/`));
}

/** Import cycles, types included: each as the way round, found once. */
export function cycles(files: readonly SourceFile[]): readonly (readonly string[])[] {
  const arrows = new Map(files.map((file) => [file.path, neighbours(file)]));
  const done = new Set<string>();
  const found: (readonly string[])[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    const entered = way.indexOf(path);
    if (entered >= 0) found.push([...way.slice(entered), path]);
    if (entered >= 0 || done.has(path)) return;
    for (const next of arrows.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of arrows.keys()) visit(path, []);
  return found;
}

function neighbours({ path, imports }: SourceFile): readonly string[] {
  const targets = imports.map(({ specifier }) => (specifier === null ? null : targetOf(path, specifier)));
  return [...new Set(targets)].filter((target) => target !== null);
}
