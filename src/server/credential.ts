import { GatewayError } from '../domain/errors.ts';
import type { Principal } from '../domain/principal.ts';
import type { Access } from '../gateway/gateway.ts';
import type { BodyLimits } from './settings.ts';

/** Who asks, by the value of an `Authorization` header; null when there is none. Throws UNAUTHENTICATED: a wrong credential is not the same as none. */
export async function identify(access: Access, authorization: string | undefined): Promise<Principal | null> {
  if (authorization === undefined) return null;
  const credential = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (credential === undefined) throw new GatewayError('UNAUTHENTICATED', 'The authorization must have the form `Bearer mg_live_…`.');
  return access.authenticate(credential);
}

/** The `authorization` among a WebSocket's `connectionParams`, in any letter case. */
export function authorizationIn(parameters: Readonly<Record<string, unknown>> | undefined): string | undefined {
  for (const [name, value] of Object.entries(parameters ?? {})) {
    if (name.toLowerCase() === 'authorization' && typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** How many bytes a principal may send at once. */
export function bodyLimitOf(principal: Principal | null, limits: BodyLimits): number {
  if (principal === null) return limits.anonymousBytes;
  const completes = principal.scopes.has('COMPLETIONS_WRITE') || principal.scopes.has('ADMIN');
  return completes ? limits.completionBytes : limits.authenticatedBytes;
}
