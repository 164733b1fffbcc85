import { GatewayError } from '../../src/domain/errors.ts';
import { toId } from '../../src/domain/id.ts';
import type { UserTokens, VouchedUser } from '../../src/ports/issuer.ts';

/** What an issuer vouches for, by token. A token that is not in it is one that nobody has signed. */
export type VouchedUsers = Map<string, VouchedUser>;

export function createFakeUserTokens(users: VouchedUsers = new Map()): UserTokens {
  return {
    isOne: (credential) => credential.split('.').length === 3,
    read(token) {
      const user = users.get(token);
      if (user === undefined) throw new GatewayError('UNAUTHENTICATED', 'The signature of the token is wrong.');
      return user;
    },
  };
}

export const alice: VouchedUser = {
  issuer: 'https://login.example.com',
  organization: 'Acme',
  team: 'Search',
  userId: toId('alice'),
  name: 'Alice',
  scopes: new Set(['MODELS_READ', 'COMPLETIONS_WRITE', 'USAGE_READ']),
  expiresAt: Number.MAX_SAFE_INTEGER,
};
