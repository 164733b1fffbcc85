import type { ClientTokenClaims, ClientTokenLimit } from '../domain/clientToken.ts';
import { clientTokenScopes, mostTokenSeconds, toBudgets } from '../domain/clientToken.ts';
import { GatewayError } from '../domain/errors.ts';
import type { ApiKeyId, BudgetId, ClientTokenId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Principal } from '../domain/principal.ts';
import { holdsScopes } from '../domain/principal.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClientTokens } from '../ports/credential.ts';
import type { IdSource } from '../ports/idSource.ts';
import type { ClientTokenStore } from '../ports/store.ts';
import { checkLimit } from './budget.ts';
import type { NewClientToken, NewTokenLimits } from './clientTokenInput.ts';
import type { ClientTokenService } from './gateway.ts';

export interface ClientTokenParts {
  readonly store: ClientTokenStore;
  readonly tokens: ClientTokens;
  readonly clock: Clock;
  readonly ids: IdSource;
}

const mostModels = 20;

/**
 * Short-lived tokens under a key. They are signed and not kept; only their limits are, because those are counted over all replicas.
 * Making one is everyday work of the key's program and no act of administration: it gives away nothing the key does not have, ends within
 * the hour, and its calls stand in the ledger.
 */
export function createClientTokens({ store, tokens, clock, ids }: ClientTokenParts): ClientTokenService {
  return {
    async createClientToken({ principal }, input) {
      const apiKeyId = keyOf(principal);
      checkInput(principal, input);
      const issuedAt = clock.now();
      const expiresAt = Math.min(issuedAt + input.ttlSeconds * 1000, principal.expiresAt ?? Number.POSITIVE_INFINITY);
      const { models, maxOutputTokens } = input.limits;
      const claims: ClientTokenClaims = {
        id: toId<ClientTokenId>(ids.next()),
        apiKeyId,
        userId: input.userId,
        scopes: [...new Set(input.scopes)],
        models,
        maxOutputTokens,
        limits: toLimits(input.limits, ids),
        issuedAt,
        expiresAt,
      };
      if (claims.limits.length > 0) await store.keepLimits(toBudgets(principal, claims));
      return { token: tokens.issue(claims), id: claims.id, expiresAt };
    },
  };
}

/** Tokens make no tokens: each would live on when the one before it has ended. */
function keyOf({ kind, apiKeyId }: Principal): ApiKeyId {
  if (kind === 'API_KEY' && apiKeyId !== null) return apiKeyId;
  throw new GatewayError('FORBIDDEN', 'Only an API key can make client tokens.');
}

/** Throws INVALID_REQUEST, FORBIDDEN. */
function checkInput(principal: Principal, { ttlSeconds, scopes, userId, limits }: NewClientToken): void {
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > mostTokenSeconds)
    throw new GatewayError('INVALID_REQUEST', `A client token lives 1 to ${mostTokenSeconds} seconds.`);
  if (scopes.length === 0) throw new GatewayError('INVALID_REQUEST', 'A client token needs at least one scope.');
  const beyond = scopes.filter((scope) => !clientTokenScopes.has(scope) || !holdsScopes(principal, [scope]));
  if (beyond.length > 0) {
    throw new GatewayError(
      'FORBIDDEN',
      'A client token can only be given scopes that its key holds, and none that administers or names users.',
      {
        details: { scopes: beyond },
      },
    );
  }
  if (userId !== null && userId !== principal.userId && !holdsScopes(principal, ['ACT_FOR_USERS']))
    throw new GatewayError('FORBIDDEN', 'A token for a user needs a key with the scope ACT_FOR_USERS, or one that speaks for the user.');
  checkLimits(principal, limits);
}

function checkLimits({ allowedModels }: Principal, { models, maxOutputTokens, ...amounts }: NewTokenLimits): void {
  for (const amount of Object.values(amounts)) if (amount !== null) checkLimit(amount);
  if (maxOutputTokens !== null && maxOutputTokens < 1)
    throw new GatewayError('INVALID_REQUEST', '`limits.maxOutputTokens` must be at least 1.');
  if (models === null) return;
  if (models.length === 0 || models.length > mostModels)
    throw new GatewayError('INVALID_REQUEST', `\`limits.models\` has 1 to ${mostModels} models.`);
  if (allowedModels !== null && !models.every((name) => allowedModels.includes(name)))
    throw new GatewayError('FORBIDDEN', 'A client token can only be given models that its key may ask for.');
}

function toLimits({ requests, tokens, spend }: NewTokenLimits, ids: IdSource): readonly ClientTokenLimit[] {
  const amounts = { REQUESTS: requests, TOKENS: tokens, SPEND: spend };
  return (['REQUESTS', 'TOKENS', 'SPEND'] as const).flatMap((meter) => {
    const limit = amounts[meter];
    return limit === null ? [] : [{ id: toId<BudgetId>(ids.next()), meter, limit }];
  });
}
