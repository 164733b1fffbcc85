import type { AuditSubjectType } from '../domain/audit.ts';
import { toId } from '../domain/id.ts';
import type { JsonObject, JsonValue } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import { writeUsd, writeUsdPerMillion } from '../domain/money.ts';
import { writeAmount } from './amount.ts';
import type { IdType } from './globalId.ts';
import { toGlobalId } from './globalId.ts';

/** What the graph calls what is administered. */
export const subjectTypes = {
  ORGANIZATION: 'Organization',
  TEAM: 'Team',
  USER: 'User',
  API_KEY: 'ApiKey',
  BUDGET: 'Budget',
  PROVIDER: 'Provider',
  ALIAS: 'Alias',
} as const satisfies Record<AuditSubjectType, IdType>;

type Write = (value: JsonValue, state: JsonObject) => JsonValue;

const id = (type: IdType): Write => {
  return (value) => (typeof value === 'string' ? toGlobalId(type, toId<never>(value)) : value);
};
const time: Write = (value) => (typeof value === 'number' ? new Date(value).toISOString() : value);

const writers: ReadonlyMap<string, Write> = new Map<string, Write>([
  ['organizationId', id('Organization')],
  ['teamId', id('Team')],
  ['userId', id('User')],
  ['createdAt', time],
  ['expiresAt', time],
  ['revokedAt', time],
  ['disabledAt', time],
  ['endsAt', time],
  ['directives', (value) => (isJsonObject(value) ? writeRules(value) : value)],
  ['limit', (value, { meter }) => (typeof value === 'string' ? writeAmount(meter === 'SPEND' ? meter : 'REQUESTS', BigInt(value)) : value)],
  ['billed', (value) => (typeof value === 'string' ? writeAmount('SPEND', BigInt(value)) : value)],
  ['scope', (value) => (isJsonObject(value) ? writeScope(value) : value)],
]);

/** A subject's state as it was kept, in the graph's own words: its ids, times and amounts. */
export function writeState(type: AuditSubjectType, state: JsonObject | null): JsonObject | null {
  if (state === null) return null;
  const written = Object.entries(state).map(([name, value = null]): [string, JsonValue] => {
    const write = name === 'id' ? id(subjectTypes[type]) : writers.get(name);
    return [name, write === undefined ? value : write(value, state)];
  });
  return Object.fromEntries(written);
}

/** Whose use a budget counts: its `id` is one of the type's. */
function writeScope(scope: JsonObject): JsonObject {
  const type = Object.entries(subjectTypes).find(([name]) => name === scope['type'])?.[1];
  return type === undefined || typeof scope['id'] !== 'string' ? scope : { ...scope, id: id(type)(scope['id'], scope) };
}

/** What a key's calls are bound by, as `KeyDirectives` has it. */
function writeRules({ route, timeouts = null, maxCost, ...rest }: JsonObject): JsonObject {
  return {
    ...rest,
    route: isJsonObject(route) ? { ...route, maxPrice: writePrices(route['maxPrice']) } : null,
    timeout: timeouts,
    maxCost: typeof maxCost === 'string' ? writeUsd(BigInt(maxCost)) : null,
  };
}

function writePrices(prices: JsonValue | undefined): JsonValue {
  if (!isJsonObject(prices)) return null;
  const write = (price: JsonValue | undefined) => (typeof price === 'string' ? writeUsdPerMillion(BigInt(price)) : null);
  return { input: write(prices['input']), output: write(prices['output']) };
}
