import type { Document, Node, YAMLError } from 'yaml';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { JsonValue } from '../domain/json.ts';
import type { ConfigProblem, Path } from './problem.ts';

/** A configuration file, parsed but not yet understood. */
export interface ConfigDocument {
  readonly value: JsonValue;
  /** The line of a setting, counted from 1; of the nearest setting above it when it is not there. */
  lineOf(path: Path): number | null;
}

/** What the parser's codes mean to an operator. Its own sentences quote the file, and with it perhaps a secret. */
const reasons: Partial<Record<string, string>> = {
  BAD_ALIAS: 'A `*` here names no anchor; text that begins with `*` needs quotes.',
  BAD_DQ_ESCAPE: 'A text in double quotes has a backslash before a letter that means nothing.',
  BAD_INDENT: 'The indentation does not fit the lines above.',
  BAD_SCALAR_START: 'A text begins with a character that needs quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'Two settings stand in one line, or a text with a colon needs quotes.',
  DUPLICATE_KEY: 'The same setting stands here twice.',
  MISSING_CHAR: 'A quote, bracket, comma or colon is missing.',
  MULTILINE_IMPLICIT_KEY: 'A line lacks its colon, or a quote is not closed.',
  MULTIPLE_DOCS: 'The file holds several documents (`---`).',
  TAB_AS_INDENT: 'A tab indents this line.',
  UNEXPECTED_TOKEN: 'Something stands here that cannot.',
};

const hint = 'Correct the syntax: YAML is indented with spaces, and a text with special characters stands in quotes.';

/** Reads YAML, of which JSON is a part. */
export function readDocument(text: string, file: string): ConfigDocument | { readonly problems: readonly ConfigProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  if (document.errors.length > 0) return { problems: document.errors.map((error) => toProblem(error, file, lines)) };
  try {
    return { value: toJson(document.toJS()), lineOf: (path) => lineOf(document, path, lines) };
  } catch {
    // It throws at anchors only: those that are not defined, and those that would unfold without end.
    return { problems: [{ path: file, line: null, reason: 'An anchor (`*name`) is not defined, or unfolds to too much.', hint }] };
  }
}

/** What YAML can hold and JSON cannot (dates, binary, sets) becomes text, and is then refused where text is wrong. */
function toJson(value: unknown): JsonValue {
  const json: JsonValue = JSON.parse(JSON.stringify(value ?? {}));
  return json;
}

function toProblem(error: YAMLError, file: string, lines: LineCounter): ConfigProblem {
  const { line, col } = lines.linePos(error.pos[0]);
  const reason = reasons[error.code] ?? 'This is neither YAML nor JSON.';
  return { path: file, line, reason: `Column ${col}: ${reason}`, hint };
}

function lineOf(document: Document, path: Path, lines: LineCounter): number | null {
  let node: unknown = document.contents;
  let found: Node | null = null;
  for (const part of path) {
    const step = stepInto(node, part);
    if (step === null) break;
    found = step.shown;
    node = step.value;
  }
  return found?.range == null ? null : lines.linePos(found.range[0]).line;
}

function stepInto(node: unknown, part: string | number): { readonly shown: Node | null; readonly value: unknown } | null {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
    return pair !== undefined && isScalar(pair.key) ? { shown: pair.key, value: pair.value } : null;
  }
  const item = isSeq(node) && typeof part === 'number' ? node.items[part] : undefined;
  return isMap(item) || isScalar(item) || isSeq(item) ? { shown: item, value: item } : null;
}
