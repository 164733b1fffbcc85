import type { CryptoKey, FlattenedJWSInput, JSONWebKeySet, JWSHeaderParameters } from 'jose';
import { createLocalJWKSet, errors } from 'jose';
import { GatewayError } from '../domain/errors.ts';
import type { IssuerSettings } from '../ports/issuer.ts';
import type { Log } from '../ports/log.ts';
import type { Fetching } from './fetchJson.ts';
import { fetchJson } from './fetchJson.ts';
import { isSafeUrl } from './safeUrl.ts';

/** The public keys of one issuer. */
export interface IssuerKeys {
  /** The one that a token's header names. Throws UPSTREAM_UNAVAILABLE when it is not known and cannot be asked for, and what jose throws when there is none. */
  find(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey>;
}

export interface IssuerKeysParts extends Fetching {
  readonly log: Log;
}

type KeySet = ReturnType<typeof createLocalJWKSet>;

/** Keys older than this are asked for again before they are used. */
const freshMs = 600_000;
/** An issuer that cannot be reached is believed by its last keys for so long. */
const keptMs = 86_400_000;
/** Between two questions for a key that is not there: anybody can name one. */
const missingMs = 30_000;
/** After an issuer could not be reached. */
const againMs = 5000;

/**
 * Keeps the keys of an issuer. jose's own remote set goes by the machine's clock, forgets good keys when it cannot renew them, and asks anew for every
 * token while an issuer is away: so it is asked here only which key fits.
 */
export function createIssuerKeys(settings: Pick<IssuerSettings, 'issuer' | 'jwksUrl'>, { log, ...fetching }: IssuerKeysParts): IssuerKeys {
  const { clock } = fetching;
  let known: { readonly keys: KeySet; readonly at: number } | null = null;
  let asking: Promise<KeySet> | null = null;
  let failedAt: number | null = null;
  let missedAt: number | null = null;

  const since = (at: number | null) => (at === null ? Number.POSITIVE_INFINITY : clock.monotonic() - at);

  async function ask(): Promise<KeySet> {
    try {
      const keys = createLocalJWKSet(toKeySet(await fetchJson(await findUrl(settings, fetching), fetching)));
      known = { keys, at: clock.monotonic() };
      failedAt = null;
      return keys;
    } catch (error) {
      failedAt = clock.monotonic();
      log.warn('The keys of an issuer of tokens could not be fetched.', { issuer: settings.issuer, error });
      throw unreachable(againMs, error);
    }
  }

  /** One question at a time, and none right after one that failed. */
  function renew(): Promise<KeySet> {
    const failedSince = since(failedAt);
    if (failedSince < againMs) return Promise.reject(unreachable(againMs - failedSince, null));
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  }

  async function current(): Promise<KeySet> {
    if (known !== null && since(known.at) < freshMs) return known.keys;
    return renew().catch((error: unknown) => {
      if (known !== null && since(known.at) < keptMs) return known.keys;
      throw error;
    });
  }

  return {
    async find(header, token) {
      const keys = await current();
      try {
        return await keys(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        // It may be so new that nobody has told us.
        if (asking === null && since(missedAt) < missingMs && failedAt === null) throw error;
        missedAt = clock.monotonic();
        const newer = await renew();
        return newer(header, token);
      }
    },
  };
}

/** OpenID Connect Discovery 1.0, section 4: what the document says of its issuer must be what was asked for. */
async function findUrl({ issuer, jwksUrl }: Pick<IssuerSettings, 'issuer' | 'jwksUrl'>, fetching: Fetching): Promise<string> {
  if (jwksUrl !== null) return jwksUrl;
  const { issuer: named, jwks_uri: url } = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, fetching);
  if (named !== issuer) throw new Error(`The discovery document of ${issuer} is that of another issuer.`);
  if (typeof url !== 'string' || !isSafeUrl(url))
    throw new Error(`The discovery document of ${issuer} names no https address of its keys.`);
  return url;
}

function toKeySet(value: unknown): JSONWebKeySet {
  // `createLocalJWKSet` looks at it and throws where it is none.
  return value as JSONWebKeySet;
}

/** The caller can do nothing about it, and the token may be good: not UNAUTHENTICATED, upon which a client would throw it away. */
function unreachable(retryAfterMs: number, cause: unknown): GatewayError {
  const sentence = 'The keys of the issuer of the token cannot be had at the moment; ask again.';
  return new GatewayError('UPSTREAM_UNAVAILABLE', sentence, { cause, retryAfterMs: Math.max(1, Math.ceil(retryAfterMs)) });
}
