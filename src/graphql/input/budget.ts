import type { BudgetChanges, BudgetScope, Meter } from '../../domain/budget.ts';
import { readUsd } from '../../domain/money.ts';
import { checkTags } from '../../domain/tag.ts';
import type { BudgetQuery, NewBudget } from '../../gateway/administrationInput.ts';
import type { BudgetFilter, BudgetLimitInput, BudgetScopeInput, CreateBudgetInput, UpdateBudgetInput } from '../generated/schemaTypes.ts';
import { readGlobalId } from '../globalId.ts';
import { toOwnerQuery } from './apiKey.ts';
import { invalid } from './check.ts';
import { readTimeZone } from './usage.ts';

/** Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toNewBudget(input: CreateBudgetInput): NewBudget {
  if (input.meter === 'PARALLEL' && input.window !== 'TOTAL') {
    throw invalid('input.window', 'calls under way at once are counted in the window TOTAL.');
  }
  return {
    organizationId:
      typeof input.organizationId === 'string' ? readGlobalId('Organization', input.organizationId, 'input.organizationId') : null,
    scope: toScope(input.scope, 'input.scope'),
    meter: input.meter,
    window: input.window,
    timeZone: readTimeZone(input.timeZone, 'input.timeZone'),
    limit: toLimit(input.limit, input.meter),
    policy: input.policy ?? 'STRICT',
    shadow: input.shadow ?? false,
  };
}

/** Null is as if it were not given. Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toBudgetChanges({ limit, policy, shadow }: UpdateBudgetInput, meter: Meter): BudgetChanges {
  return {
    ...(limit === null || limit === undefined ? {} : { limit: toLimit(limit, meter) }),
    ...(policy === null || policy === undefined ? {} : { policy }),
    ...(shadow === null || shadow === undefined ? {} : { shadow }),
  };
}

export function toBudgetQuery(filter: BudgetFilter | null | undefined): BudgetQuery {
  return {
    ...toOwnerQuery(filter),
    apiKeyId: typeof filter?.apiKeyId === 'string' ? readGlobalId('ApiKey', filter.apiKeyId, 'filter.apiKeyId') : null,
    meter: filter?.meter ?? null,
    clientTokens: filter?.clientTokens ?? false,
  };
}

/** Exactly one field is set: GraphQL has seen to `@oneOf`. */
function toScope(input: BudgetScopeInput, path: string): BudgetScope {
  if (input.organizationId !== undefined)
    return { type: 'ORGANIZATION', id: readGlobalId('Organization', input.organizationId, `${path}.organizationId`) };
  if (input.teamId !== undefined) return { type: 'TEAM', id: readGlobalId('Team', input.teamId, `${path}.teamId`) };
  if (input.userId !== undefined) return { type: 'USER', id: readGlobalId('User', input.userId, `${path}.userId`) };
  if (input.apiKeyId !== undefined) return { type: 'API_KEY', id: readGlobalId('ApiKey', input.apiKeyId, `${path}.apiKeyId`) };
  if (input.model !== undefined) return { type: 'MODEL', slug: input.model };
  const { name, value } = input.tag;
  checkTags([{ name, value }]);
  return { type: 'TAG', tag: { name, value } };
}

function toLimit(input: BudgetLimitInput, meter: Meter): bigint {
  if (input.count !== undefined) {
    if (meter === 'SPEND') throw invalid('input.limit', 'a limit of the meter SPEND is in `usd`.');
    return BigInt(input.count);
  }
  if (meter !== 'SPEND') throw invalid('input.limit', `a limit of the meter ${meter} is a \`count\`.`);
  const limit = readUsd(input.usd);
  if (limit === null) throw invalid('input.limit.usd', 'is finer than a nanodollar.');
  return limit;
}
