import { nearest } from '../domain/nearest.ts';

/** Something wrong in the configuration: where, what, and what to do. Never the value itself, which may be a secret. */
export interface ConfigProblem {
  /** A setting such as `providers.openai.baseUrl`, a variable such as `PORT`, or a file. */
  readonly path: string;
  /** Where it stands in the file; null when it stands in none. */
  readonly line: number | null;
  readonly reason: string;
  readonly hint: string;
}

export type Path = readonly (string | number)[];

/** `['models', 'openai/gpt-4o', 'offers', 0]` -> `models.openai/gpt-4o.offers[0]`. */
export function writePath(path: Path): string {
  return path.map((part, place) => (typeof part === 'number' ? `[${part}]` : `${place === 0 ? '' : '.'}${part}`)).join('');
}

/** The whole list for an operator to read. */
export function formatProblems(problems: readonly ConfigProblem[]): string {
  const count = problems.length === 1 ? 'The configuration has 1 problem:' : `The configuration has ${problems.length} problems:`;
  return [count, ...problems.map(formatProblem)].join('\n\n');
}

export function formatProblem({ path, line, reason, hint }: ConfigProblem): string {
  return `  ${path}${line === null ? '' : ` (line ${line})`}\n    ${reason}${hint === '' ? '' : `\n    ${hint}`}`;
}

/** A question that names what may have been meant; null when nothing is near. */
export function didYouMean(text: string, candidates: Iterable<string>): string | null {
  const names = nearest(text, candidates).map((name) => `"${name}"`);
  return names.length === 0 ? null : `Did you mean ${names.join(' or ')}?`;
}
