import type { CryptoKey } from 'jose';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { JsonObject } from '../../src/domain/json.ts';

export const issuerName = 'https://login.example.com';

export interface SigningKey {
  readonly kid: string;
  readonly algorithm: string;
  readonly publicJwk: JsonObject;
  readonly privateKey: CryptoKey;
}

export async function newSigningKey(kid: string, algorithm = 'ES256'): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm);
  // A key in JSON is an object of JSON.
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' } as JsonObject;
  return { kid, algorithm, publicJwk, privateKey };
}

/** A token for five minutes from `now` on, by this key. A claim that is undefined is left out. */
export function signToken(
  { kid, algorithm, privateKey }: SigningKey,
  now: number,
  claims: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const seconds = Math.floor(now / 1000);
  const whole = { iss: issuerName, aud: 'modelgraph', sub: 'alice', name: 'Alice', iat: seconds, exp: seconds + 300, ...claims };
  return new SignJWT(whole).setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' }).sign(privateKey);
}

/** A token made of these parts, whatever they say. */
export function joinToken(header: JsonObject, claims: JsonObject, signature = ''): string {
  return [header, claims].map((part) => `${Buffer.from(JSON.stringify(part)).toString('base64url')}.`).join('') + signature;
}
