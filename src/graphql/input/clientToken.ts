import { mostTokenSeconds } from '../../domain/clientToken.ts';
import { toId } from '../../domain/id.ts';
import type { NewClientToken, NewTokenLimits } from '../../gateway/clientTokenInput.ts';
import type { ClientTokenLimitsInput, CreateClientTokenInput } from '../generated/schemaTypes.ts';
import { invalid, readNumber, readUserId } from './check.ts';
import { toMaxCost } from './route.ts';

/** Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toNewClientToken({ ttlSeconds, scopes, user, limits }: CreateClientTokenInput): NewClientToken {
  if (scopes.length === 0) throw invalid('input.scopes', 'must not be empty.');
  return {
    ttlSeconds: readNumber(ttlSeconds, 'input.ttlSeconds', { least: 1, most: mostTokenSeconds }) ?? mostTokenSeconds,
    scopes,
    userId: typeof user === 'string' ? toId(readUserId(user, 'input.user')) : null,
    limits: toLimits(limits ?? {}),
  };
}

function toLimits({ requests, tokens, spend, maxOutputTokens, models }: ClientTokenLimitsInput): NewTokenLimits {
  return {
    requests: toCount(requests),
    tokens: toCount(tokens),
    spend: toMaxCost(spend, 'input.limits.spend'),
    maxOutputTokens: readNumber(maxOutputTokens, 'input.limits.maxOutputTokens', { least: 1 }),
    models: models ?? null,
  };
}

function toCount(count: number | null | undefined): bigint | null {
  return count === null || count === undefined ? null : BigInt(count);
}
