import type * as z from 'zod';
import type { ConfigDocument } from './document.ts';
import type { ConfigProblem, Path } from './problem.ts';
import { didYouMean, writePath } from './problem.ts';
import type { SettingSchema } from './settingSchema.ts';
import { configSchema, settingAt } from './settingSchema.ts';

type Issue = z.core.$ZodIssue;

interface Finding {
  readonly path: Path;
  readonly reason: string;
  readonly hint?: string;
}

const kinds: Partial<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false, without quotes',
  int: 'a whole number, without quotes',
  number: 'a number, without quotes',
  object: 'a group of settings',
  record: 'a group of settings',
  string: 'a text',
};

/** What zod found, in an operator's words: what is wrong, and what the setting is for or was meant to be called. */
export function toProblems(issues: readonly Issue[], document: ConfigDocument): readonly ConfigProblem[] {
  const schema = configSchema();
  return issues
    .flatMap((issue) => findings(issue, []))
    .map(({ path, reason, hint }) => ({
      path: path.length === 0 ? 'the file' : writePath(path),
      line: document.lineOf(path),
      reason,
      hint: hint ?? purposeOf(schema, path),
    }));

  function findings(issue: Issue, above: Path): readonly Finding[] {
    const path = [...above, ...issue.path.filter((part) => typeof part !== 'symbol')];
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => unknownKey([...path, key], Object.keys(settingAt(schema, path)?.properties ?? {})));
      case 'invalid_union':
        return deeper(issue.errors, path) ?? [{ path, reason: 'has a form that is not possible here.' }];
      case 'invalid_key':
        return issue.issues.map(({ message }) => ({
          path,
          reason: `${JSON.stringify(path.at(-1))} ${message}`,
          hint: 'Choose another name.',
        }));
      default:
        return [{ path, reason: reasonOf(issue, valueAt(document.value, path) === undefined) }];
    }
  }

  /** Of several possible forms the one that fits further than its first level is what was meant. */
  function deeper(forms: readonly (readonly Issue[])[], path: Path): readonly Finding[] | undefined {
    return forms.find((form) => form.some((issue) => issue.path.length > 0))?.flatMap((issue) => findings(issue, path));
  }
}

/** What the setting is for; what the setting around it is for, where it has no purpose of its own. */
function purposeOf(schema: SettingSchema, path: Path): string {
  const purposes = path.map((_, place) => settingAt(schema, path.slice(0, place + 1))?.description);
  return purposes.findLast((purpose) => purpose !== undefined) ?? '';
}

function unknownKey(path: Path, known: readonly string[]): Finding {
  const hint = didYouMean(String(path.at(-1)), known) ?? `Known here: ${known.join(', ')}.`;
  return { path, reason: 'is no setting.', hint };
}

function reasonOf(issue: Issue, absent: boolean): string {
  switch (issue.code) {
    case 'invalid_type':
      return absent ? 'is missing.' : `must be ${kinds[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return absent ? 'is missing.' : `must be one of ${issue.values.map(String).join(', ')}.`;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int' ? `must be at least ${issue.minimum}.` : 'must not be empty.';
    case 'too_big':
      return `must be at most ${issue.maximum}.`;
    default:
      // Our own sentences, from the schema.
      return issue.message;
  }
}

function valueAt(value: unknown, path: Path): unknown {
  let found: unknown = value;
  for (const part of path) found = typeof found === 'object' && found !== null ? Reflect.get(found, part) : undefined;
  return found;
}
