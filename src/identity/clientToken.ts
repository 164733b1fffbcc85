import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { ClientTokenClaims, ClientTokenLimit } from '../domain/clientToken.ts';
import { toId } from '../domain/id.ts';
import type { JsonValue } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import { allScopes } from '../domain/principal.ts';
import type { ClientTokens } from '../ports/credential.ts';

const prefix = 'mg_ct_';
const shape = /^mg_ct_([\w-]{1,12000})\.([\w-]{43})$/;

/** What stands in a token; one of another version says nothing to this one. */
interface Payload {
  readonly version: 1;
  readonly id: string;
  readonly key: string;
  readonly user: string | null;
  readonly scopes: readonly string[];
  readonly models: readonly string[] | null;
  readonly output: number | null;
  /** Each a budget's id, its meter and its limit. */
  readonly limits: readonly (readonly [id: string, meter: ClientTokenLimit['meter'], limit: string])[];
  readonly from: number;
  readonly until: number;
}

/**
 * Tokens of the form `mg_ct_`, what they say in base64url, a dot, and its HMAC-SHA-256 by a key that is derived from the gateway's secret
 * (RFC 5869). What they say can be read by whoever holds them, and written by nobody else.
 */
export function createClientTokens(secret: Uint8Array): ClientTokens {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'modelgraph client token', 32));
  const sign = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    isOne: (credential) => credential.startsWith(prefix),
    issue(claims) {
      const text = `${prefix}${Buffer.from(JSON.stringify(toPayload(claims))).toString('base64url')}`;
      return `${text}.${sign(text).toString('base64url')}`;
    },
    read(token) {
      const [, payload = '', signature = ''] = shape.exec(token) ?? [];
      const given = Buffer.from(signature, 'base64url');
      const right = sign(`${prefix}${payload}`);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      return readPayload(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    },
  };
}

function toPayload({ id, apiKeyId, userId, scopes, models, maxOutputTokens, limits, issuedAt, expiresAt }: ClientTokenClaims): Payload {
  return {
    version: 1,
    id,
    key: apiKeyId,
    user: userId,
    scopes,
    models,
    output: maxOutputTokens,
    limits: limits.map((one) => [one.id, one.meter, one.limit.toString()]),
    from: issuedAt,
    until: expiresAt,
  };
}

/** To be given only what was signed, and so what `toPayload` has made. */
function readPayload(value: JsonValue): ClientTokenClaims | null {
  if (!isJsonObject(value) || value['version'] !== 1) return null;
  const { id, key, user, scopes, models, output, limits, from, until } = value as unknown as Payload;
  return {
    id: toId(id),
    apiKeyId: toId(key),
    userId: user === null ? null : toId(user),
    // A scope that this version does not know grants nothing.
    scopes: allScopes.filter((scope) => scopes.includes(scope)),
    models,
    maxOutputTokens: output,
    limits: limits.map(([budgetId, meter, limit]) => ({ id: toId(budgetId), meter, limit: BigInt(limit) })),
    issuedAt: from,
    expiresAt: until,
  };
}
