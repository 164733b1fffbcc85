import { GatewayError } from '../domain/errors.ts';
import type { UserId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import { isPlain } from '../domain/name.ts';
import type { Principal, Scope } from '../domain/principal.ts';
import { holdsScopes } from '../domain/principal.ts';
import type { NamedUsers } from './namedUser.ts';

const needed: readonly Scope[] = ['ACT_FOR_USERS'];
const mostUserId = 200;

/** The user a call is made for: its `endUser` where the key may name users, else the principal's own. Whatever others say is a mere tag. */
export function callUser(principal: Principal, endUser: string | null): UserId | null {
  return endUser !== null && namesUsers(principal) ? toId(endUser) : principal.userId;
}

/** Throws FORBIDDEN when one of the users that the calls name is disabled, INVALID_REQUEST when it is none. */
export async function checkCallUsers(
  users: NamedUsers,
  principal: Principal,
  calls: readonly { readonly endUser?: string | null }[],
): Promise<void> {
  for (const { endUser = null } of calls) {
    if (endUser === null || endUser === principal.userId) continue;
    if (endUser.length === 0 || endUser.length > mostUserId || !isPlain(endUser))
      throw new GatewayError('INVALID_REQUEST', `endUser: must have 1 to ${mostUserId} characters, and no control characters.`);
    if (await users.isDisabled({ ...principal, userId: toId(endUser) })) throw new GatewayError('FORBIDDEN', 'The user is disabled.');
  }
}

/** A token speaks for its own user and for nobody else. */
export function namesUsers(principal: Principal): boolean {
  return principal.kind === 'API_KEY' && holdsScopes(principal, needed);
}
