import { GatewayError } from '../domain/errors.ts';
import type { Principal } from '../domain/principal.ts';
import type { Access } from '../gateway/gateway.ts';
import type { BodyLimits } from './settings.ts';

/** How a client shows who it is. */
export interface Introduction {
  /** The value of an `Authorization` header. */
  readonly authorization: string | undefined;
  /** The client's address; null where the connection has none. */
  readonly address: string | null;
}

/** Who asks; null when nobody says. Throws UNAUTHENTICATED, because a wrong credential is not the same as none, and FORBIDDEN. */
export async function identify(access: Access, { authorization, address }: Introduction): Promise<Principal | null> {
  if (authorization === undefined) return null;
  const credential = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (credential === undefined)
    throw new GatewayError(
      'UNAUTHENTICATED',
      'The authorization must have the form `Bearer …`, with an API key, `mg_live_…`, or a token behind it.',
    );
  return access.authenticate(credential, address);
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
