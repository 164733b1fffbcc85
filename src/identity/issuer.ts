import type { JWTVerifyGetKey } from 'jose';
import { errors, jwtVerify } from 'jose';
import { GatewayError } from '../domain/errors.ts';
import type { IssuerSettings, VouchedUser } from '../ports/issuer.ts';
import { readUser } from './claims.ts';
import type { IssuerKeys, IssuerKeysParts } from './issuerKeys.ts';
import { createIssuerKeys } from './issuerKeys.ts';

/** One issuer, by one set of rules. */
export interface Issuer {
  readonly settings: IssuerSettings;
  readonly keys: IssuerKeys;
  /**
   * Checks signature, algorithm, issuer, audience and times, and reads who it is. The algorithm is the operator's choice, never the token's: what is
   * signed otherwise is refused before a key is looked for.
   */
  verify(token: string): Promise<VouchedUser>;
}

/** Clocks of issuers may differ from ours by this much. */
const toleranceSeconds = 30;

/** `keys`: those that an earlier one has; null: none. */
export function createIssuer(settings: IssuerSettings, parts: IssuerKeysParts, keys: IssuerKeys | null): Issuer {
  const { issuer, audiences, algorithms } = settings;
  const own = keys ?? createIssuerKeys(settings, parts);
  return {
    settings,
    keys: own,
    async verify(token) {
      const find: JWTVerifyGetKey = (header, input) => own.find(header, input);
      const { payload } = await jwtVerify(token, find, {
        algorithms: [...algorithms],
        issuer,
        audience: [...audiences],
        requiredClaims: ['exp'],
        clockTolerance: toleranceSeconds,
        currentDate: new Date(parts.clock.now()),
      }).catch((thrown: unknown) => {
        throw explain(thrown);
      });
      return { ...readUser(settings, payload), expiresAt: toExpiry(payload.exp) };
    },
  };
}

/** The moment from which on it would be refused. */
function toExpiry(seconds: number | undefined): number {
  return Math.min(Math.ceil(((seconds ?? 0) + toleranceSeconds) * 1000), Number.MAX_SAFE_INTEGER);
}

const reasons: Readonly<Partial<Record<string, string>>> = {
  ERR_JOSE_ALG_NOT_ALLOWED: 'The token is signed with an algorithm that is not allowed for its issuer.',
  ERR_JOSE_NOT_SUPPORTED: 'The token is signed in a way that is not supported.',
  ERR_JWKS_NO_MATCHING_KEY: 'The token is signed with a key that its issuer does not publish.',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'The token does not name the key it is signed with (`kid`), and its issuer has several.',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'The signature of the token is wrong.',
  ERR_JWT_EXPIRED: 'The token has expired.',
};

const claimReasons: Readonly<Partial<Record<string, string>>> = {
  aud: 'The token is not meant for this gateway: its audience is another.',
  exp: 'The token does not say when it ends.',
  nbf: 'The token is not valid yet.',
};

/** Nothing of the token stands in the sentence. */
function explain(thrown: unknown): GatewayError {
  if (thrown instanceof GatewayError) return thrown;
  if (!(thrown instanceof errors.JOSEError)) return new GatewayError('INTERNAL', 'The token could not be checked.', { cause: thrown });
  const claim = thrown instanceof errors.JWTClaimValidationFailed ? claimReasons[thrown.claim] : undefined;
  return new GatewayError('UNAUTHENTICATED', claim ?? reasons[thrown.code] ?? 'The token is malformed.', { cause: thrown });
}
