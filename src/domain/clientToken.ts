import type { Budget, Meter } from './budget.ts';
import { tokenHolder } from './holder.ts';
import type { ApiKeyId, BudgetId, ClientTokenId, UserId } from './id.ts';
import { noRules } from './keyRules.ts';
import type { Principal, Scope } from './principal.ts';
import { holdsScopes } from './principal.ts';

/** What a client token says of itself: signed by the gateway, and kept nowhere. Times are milliseconds since 1970. */
export interface ClientTokenClaims {
  readonly id: ClientTokenId;
  /** The key it acts under. */
  readonly apiKeyId: ApiKeyId;
  /** Whom its calls are made for; null: nobody in particular. */
  readonly userId: UserId | null;
  readonly scopes: readonly Scope[];
  /** Slugs or aliases; null: all that its key may ask for. */
  readonly models: readonly string[] | null;
  /** The most tokens of one answer; null: what its key allows. */
  readonly maxOutputTokens: number | null;
  readonly limits: readonly ClientTokenLimit[];
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** A limit on all that is done with a token, in the meter's unit. */
export interface ClientTokenLimit {
  readonly id: BudgetId;
  readonly meter: Exclude<Meter, 'PARALLEL'>;
  readonly limit: bigint;
}

export const mostTokenSeconds = 3600;

/** What a browser may be trusted with. Who administers, reads the audit log or names users does so with a key that stays on a server. */
export const clientTokenScopes: ReadonlySet<Scope> = new Set<Scope>([
  'MODELS_READ',
  'COMPLETIONS_WRITE',
  'EMBEDDINGS_WRITE',
  'USAGE_READ',
  'USAGE_READ_ALL',
]);

/** Who asks with a token: its key as it is now, and no more of it than the token was given. */
export function toTokenPrincipal(key: Principal, claims: ClientTokenClaims): Principal {
  const { id, userId, scopes, models, maxOutputTokens, expiresAt } = claims;
  return {
    ...key,
    kind: 'CLIENT_TOKEN',
    id,
    holder: tokenHolder(id),
    userId: userId ?? key.userId,
    scopes: new Set(scopes.filter((scope) => clientTokenScopes.has(scope) && holdsScopes(key, [scope]))),
    allowedModels: bothAllow(key.allowedModels, models),
    rules: maxOutputTokens === null ? key.rules : withOutput(key, maxOutputTokens),
    limits: toBudgets(key, claims),
    expiresAt: key.expiresAt === null ? expiresAt : Math.min(key.expiresAt, expiresAt),
  };
}

/** The limits of a token, as the quotas count them: once, until the token ends. */
export function toBudgets(
  { organizationId }: Pick<Principal, 'organizationId'>,
  { id: tokenId, apiKeyId, limits, issuedAt, expiresAt }: ClientTokenClaims,
): readonly Budget[] {
  return limits.map(({ id, meter, limit }) => ({
    id,
    organizationId,
    scope: { type: 'CLIENT_TOKEN', id: tokenId, apiKeyId },
    meter,
    window: 'TOTAL',
    timeZone: 'UTC',
    limit,
    policy: 'STRICT',
    shadow: false,
    createdAt: issuedAt,
    endsAt: expiresAt,
  }));
}

function withOutput({ rules }: Principal, most: number): Principal['rules'] {
  return { ...(rules ?? noRules), maxOutputTokens: Math.min(most, rules?.maxOutputTokens ?? most) };
}

/** Null: all. */
function bothAllow(left: readonly string[] | null, right: readonly string[] | null): readonly string[] | null {
  if (left === null || right === null) return left ?? right;
  return left.filter((name) => right.includes(name));
}
