import type { ClientTokenClaims } from '../domain/clientToken.ts';
import { mostTokenSeconds, toTokenPrincipal } from '../domain/clientToken.ts';
import { GatewayError } from '../domain/errors.ts';
import type { ApiKeyId } from '../domain/id.ts';
import type { Principal } from '../domain/principal.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClientTokens } from '../ports/credential.ts';
import type { NamedUsers } from './namedUser.ts';

export interface TokenAccessParts {
  readonly tokens: ClientTokens;
  readonly clock: Clock;
  /** A key's principal as it is now. Throws UNAUTHENTICATED when the key has ended. */
  keyOf(id: ApiKeyId): Promise<Principal>;
  readonly users: NamedUsers;
}

/** Who asks with a client token. Its key is looked at each time, so that whatever is taken from the key is taken from the token. */
export interface TokenAccess {
  /** Throws UNAUTHENTICATED. */
  authenticate(token: string): Promise<Principal>;
  /** As `Access.renew`, of a principal that `authenticate` has answered. */
  renew(principal: Principal): Promise<Principal>;
}

export function createTokenAccess({ tokens, clock, keyOf, users }: TokenAccessParts): TokenAccess {
  const known = new WeakMap<Principal, ClientTokenClaims>();

  async function toPrincipal(claims: ClientTokenClaims): Promise<Principal> {
    const { apiKeyId, issuedAt, expiresAt } = claims;
    if (expiresAt <= clock.now()) throw refused('The client token has expired.');
    // Signed or not: nobody makes one that lives longer.
    if (expiresAt - issuedAt > mostTokenSeconds * 1000) throw refused('The client token lives longer than any may.');
    const key = await keyOf(apiKeyId);
    const principal = toTokenPrincipal(key, claims);
    const { userId } = principal;
    // A disabled user's own key is disabled itself.
    if (userId !== null && userId !== key.userId && (await users.isDisabled({ ...key, userId }))) throw refused('The user is disabled.');
    known.set(principal, claims);
    return principal;
  }

  return {
    async authenticate(token) {
      const claims = tokens.read(token);
      if (claims === null) throw refused('The client token is malformed, or was not made by this gateway.');
      return toPrincipal(claims);
    },
    async renew(principal) {
      const claims = known.get(principal);
      if (claims === undefined) throw refused('The client token is not known.');
      return toPrincipal(claims);
    },
  };
}

function refused(sentence: string): GatewayError {
  return new GatewayError('UNAUTHENTICATED', sentence);
}
