import type { JsonValue } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import type { KnownProvider } from '../providers/known.ts';
import type { ConfigDocument } from './document.ts';
import type { Environment } from './environment.ts';
import type { FileSettings } from './fileSchema.ts';
import { fileSchema } from './fileSchema.ts';
import type { Interpolated } from './interpolation.ts';
import { interpolate } from './interpolation.ts';
import { toProblems } from './issues.ts';
import type { ConfigProblem, Path } from './problem.ts';
import { writePath } from './problem.ts';
import { checkReferences } from './references.ts';

export interface CheckedFile {
  /** Null: the problems say why. */
  readonly settings: FileSettings | null;
  readonly problems: readonly ConfigProblem[];
  readonly warnings: readonly ConfigProblem[];
}

interface Finding {
  readonly path: Path;
  readonly reason: string;
  readonly hint: string;
}

/** Everything that is wrong in a file that could be parsed: variables, form and references in one pass. */
export function checkFile(document: ConfigDocument, known: readonly KnownProvider[], env: Environment): CheckedFile {
  const filled = interpolate(withoutDisabled(document.value), env);
  const parsed = fileSchema.safeParse(filled.value);
  const references = checkReferences(filled.value, known, env);
  const place = ({ path, reason, hint }: Finding): ConfigProblem => ({ path: writePath(path), line: document.lineOf(path), reason, hint });
  const problems = [
    ...variableFindings(filled).map(place),
    ...(parsed.success ? [] : toProblems(parsed.error.issues, { ...document, value: filled.value })),
    ...references.filter(({ tolerable }) => !tolerable).map(place),
  ];
  return {
    settings: parsed.data ?? null,
    problems: firstOfEach(problems).toSorted((left, right) => (left.line ?? 0) - (right.line ?? 0)),
    warnings: references.filter(({ tolerable }) => tolerable).map(place),
  };
}

function variableFindings({ missing, malformed }: Interpolated): readonly Finding[] {
  return [
    ...missing.map(({ path, variable }) => ({
      path,
      reason: `asks for the variable ${variable}, which is not set.`,
      hint: `Set it, or give a default: \${${variable}:-default}.`,
    })),
    ...malformed.map((path) => ({
      path,
      reason: 'has a dollar sign and a brace that begin no variable.',
      hint: 'A variable is made of letters, digits and "_"; a second dollar sign in front makes it plain text.',
    })),
  ];
}

/** A variable that is not set makes its text wrong as well: the cause is told, not the effect. */
function firstOfEach(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  return [...Map.groupBy(problems, ({ path }) => path).values()].flatMap(([first]) => first ?? []);
}

/** Nobody has to set the variables of a provider that is switched off. */
function withoutDisabled(document: JsonValue): JsonValue {
  if (!isJsonObject(document) || !isJsonObject(document['providers'])) return document;
  const providers = Object.entries(document['providers']).map(([id, provider]) => [
    id,
    isDisabled(provider) ? { enabled: false } : provider,
  ]);
  return { ...document, providers: Object.fromEntries(providers) };
}

function isDisabled(provider: JsonValue | undefined): boolean {
  return isJsonObject(provider) && provider['enabled'] === false;
}
