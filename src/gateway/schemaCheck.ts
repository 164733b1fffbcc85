import { Validator } from '@cfworker/json-schema';
import { GatewayError } from '../domain/errors.ts';
import type { JsonValue } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import type { OutputFormat } from '../domain/message.ts';
import type { AttemptEnd } from './attempt.ts';
import { toCheckable } from './checkableSchema.ts';

/**
 * An answer whose JSON schema the provider could not be held to natively is held to it here: one that does not satisfy it is no success.
 * Native schemas are the provider's word. Interpreted, not compiled: a caller's schema becomes no code (what of it is checked: see `toCheckable`).
 * A schema that cannot be worked with checks nothing, and says so.
 */
export function checkSchema(format: OutputFormat | null, end: AttemptEnd): AttemptEnd {
  const { fold, error } = end;
  if (error !== null || format?.type !== 'jsonSchema' || fold.schemaMethod === null || fold.schemaMethod === 'NATIVE') return end;
  // Cut off by its cap, or refused: the finish reason says so already.
  if (fold.finishReason !== 'STOP') return end;
  const verdict = verdictOf(fold.text, format.schema);
  if (verdict === 'unchecked')
    fold.warnings.push('Whether the answer satisfies the JSON schema could not be checked: the schema cannot be worked with.');
  return verdict === 'broken'
    ? { ...end, error: new GatewayError('UPSTREAM_MALFORMED', 'The answer does not satisfy the JSON schema.') }
    : end;
}

type Verdict = 'kept' | 'broken' | 'unchecked';

function verdictOf(text: string, schema: JsonValue): Verdict {
  const answer = parse(text);
  if (answer === undefined) return 'broken';
  if (!isJsonObject(schema)) return 'unchecked';
  try {
    return new Validator(toCheckable(schema), '2020-12').validate(answer).valid ? 'kept' : 'broken';
  } catch {
    // A reference to nowhere, or in a circle, or too many of them.
    return 'unchecked';
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
