import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { JsonValue } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import type { ConfigDocument } from './document.ts';
import { readDocument } from './document.ts';
import type { ConfigProblem } from './problem.ts';

export const fileNames = ['modelgraph.config.yaml', 'modelgraph.config.yml', 'modelgraph.config.json'] as const;

export interface FileSources {
  /** The path that the environment names; null: the usual names are looked for in `folder`. */
  readonly named: string | null;
  readonly folder: string;
  /** The text of a file; null when there is none. */
  readonly readFile: (path: string) => string | null;
}

export interface ConfigFile {
  /** Null: there is none, and the defaults stand. */
  readonly path: string | null;
  /** Of the file's bytes, to tell two states of it apart; the values of variables are not in it. */
  readonly hash: string;
  readonly document: ConfigDocument;
  readonly problems: readonly ConfigProblem[];
}

const emptyDocument: ConfigDocument = { value: {}, lineOf: () => null };

/** Finds and parses the configuration file. */
export function readConfigFile(sources: FileSources): ConfigFile {
  const { path, text, problems } = locate(sources);
  const hash = createHash('sha256')
    .update(text ?? '')
    .digest('hex')
    .slice(0, 16);
  if (path === null || text === null) return { path, hash, document: emptyDocument, problems };
  const document = readDocument(text, path);
  if ('problems' in document) return { path, hash, document: emptyDocument, problems: [...problems, ...document.problems] };
  return { path, hash, document: { ...document, value: withoutNulls(document.value) }, problems };
}

interface Located {
  readonly path: string | null;
  readonly text: string | null;
  readonly problems: readonly ConfigProblem[];
}

function locate({ named, folder, readFile }: FileSources): Located {
  const candidates = named === null ? fileNames.map((name) => join(folder, name)) : [resolve(folder, named)];
  const attempts = candidates.map((path) => ({ path, ...tryRead(path, readFile) }));
  const problems = attempts.flatMap(({ problem }) => (problem === null ? [] : [problem]));
  const [first, ...others] = attempts.filter(({ text }) => text !== null);
  if (first === undefined) return { path: null, text: null, problems: named === null || problems.length > 0 ? problems : [missing(named)] };
  return { path: first.path, text: first.text, problems: [...problems, ...others.map(({ path }) => second(path, first.path))] };
}

function tryRead(
  path: string,
  readFile: FileSources['readFile'],
): { readonly text: string | null; readonly problem: ConfigProblem | null } {
  try {
    return { text: readFile(path), problem: null };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return {
      text: null,
      problem: { path, line: null, reason: `cannot be read${code}.`, hint: 'It must be a file that this process may read.' },
    };
  }
}

function missing(named: string): ConfigProblem {
  return {
    path: 'MODELGRAPH_CONFIG',
    line: null,
    reason: `names the file ${named}, which does not exist.`,
    hint: `Correct the path, or unset it to use ${fileNames[0]} where there is one.`,
  };
}

function second(path: string, first: string): ConfigProblem {
  return {
    path,
    line: null,
    reason: `stands beside ${first}: only one of them can be meant.`,
    hint: 'Remove one, or name one by MODELGRAPH_CONFIG.',
  };
}

/** A setting without a value, such as `models:` above a list that is commented out, is not set. In a body for a provider null is a value. */
function withoutNulls(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  const set = Object.entries(value).filter((entry): entry is [string, JsonValue] => entry[1] !== null && entry[1] !== undefined);
  return Object.fromEntries(set.map(([name, item]) => [name, name === 'extraBody' ? item : withoutNulls(item)]));
}
