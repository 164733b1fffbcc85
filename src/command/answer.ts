import type { JsonObject } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import { CommandFailure } from './failure.ts';

/** The data of a GraphQL answer. Throws CommandFailure when it has errors, or is none. */
export function readAnswer(answer: unknown, place: string): JsonObject {
  if (!isJsonObject(answer)) throw new CommandFailure(`What answers ${place} is no Modelgraph.`);
  const { data, errors } = answer;
  if (Array.isArray(errors) && errors.length > 0) throw new CommandFailure(errors.map(describe).join('\n'));
  if (!isJsonObject(data)) throw new CommandFailure(`What answers ${place} is no Modelgraph.`);
  return data;
}

function describe(error: unknown): string {
  if (!isJsonObject(error)) return 'The graph answered an error without a message.';
  const { extensions, message } = error;
  const code = isJsonObject(extensions) && typeof extensions['code'] === 'string' ? ` (${extensions['code']})` : '';
  return `${String(message)}${code}`;
}
