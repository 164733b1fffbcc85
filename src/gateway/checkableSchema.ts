import type { JsonObject, JsonValue } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';

/** So often a schema may be held against a piece of an answer: a small schema can ask for more than the process has time for. */
const mostVisits = 30_000;

/** What is under these is data, whatever it looks like. */
const dataKeywords = new Set(['const', 'enum', 'default', 'examples']);
/** Under these a name is a name, and its value a schema. */
const mapKeywords = new Set(['properties', '$defs', 'definitions', 'dependentSchemas']);

/**
 * A caller's schema as it is checked: a copy without patterns, because a caller's regular expression could stop the process, that throws where it
 * is asked too often, because references can multiply. Where patterns say which properties there may be, every property may be there.
 */
export function toCheckable(schema: JsonObject): object {
  let visits = 0;
  const visit = (): void => {
    visits++;
    if (visits > mostVisits) throw new RangeError('The schema takes too long to check.');
  };
  const toSchema = (value: JsonValue): unknown => {
    if (Array.isArray(value)) return value.map(toSchema);
    return isJsonObject(value) ? watched(copy(value), visit) : value;
  };
  const toMember = (name: string, value: JsonValue): unknown => {
    if (dataKeywords.has(name)) return value;
    return mapKeywords.has(name) && isJsonObject(value) ? mapOf(value, (_name, member) => toSchema(member)) : toSchema(value);
  };
  const copy = ({ pattern: _, patternProperties, ...rest }: JsonObject): object => {
    const kept = mapOf(rest, toMember);
    return patternProperties === undefined ? kept : { ...kept, additionalProperties: true };
  };
  return watched(copy(schema), visit);
}

function mapOf(object: JsonObject, toValue: (name: string, value: JsonValue) => unknown): object {
  const entries = Object.entries(object).flatMap(([name, value]) => (value === undefined ? [] : [[name, toValue(name, value)] as const]));
  return Object.fromEntries(entries);
}

/** The validator reads `$ref` of a schema whenever it is held against something. */
function watched(schema: object, visit: () => void): object {
  const reference: unknown = Object.getOwnPropertyDescriptor(schema, '$ref')?.value;
  return Object.defineProperty(schema, '$ref', {
    enumerable: reference !== undefined,
    get() {
      visit();
      return reference;
    },
  });
}
