import { GatewayError } from '../domain/errors.ts';
import type { Disabling } from '../domain/tenancy.ts';
import type { ChangedTenant } from './administrationInput.ts';
import { checkName } from './name.ts';

/** What is asked of an organization, a team or a user, as it is kept. Throws INVALID_REQUEST. */
export function toTenantChanges({ name, disabled }: ChangedTenant, now: number): { readonly name?: string } & Partial<Disabling> {
  return {
    ...(name === undefined ? {} : { name: checkName(name) }),
    ...(disabled === undefined ? {} : { disabledAt: disabled ? now : null }),
  };
}

/** Whoever could disable where their own key is could lock everybody out, themselves included. */
export function ownOne(noun: string): GatewayError {
  return new GatewayError('CONFLICT', `The ${noun} is that of the key or token that asks; only another ${noun}'s can disable it.`);
}
