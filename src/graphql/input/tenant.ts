import type { ChangedTenant } from '../../gateway/administrationInput.ts';
import type { UpdateUserInput } from '../generated/schemaTypes.ts';
import { checkName } from './check.ts';

/** What is to be changed of an organization, a team or a user; null is not given. Throws INVALID_REQUEST. */
export function readTenantChanges({ name, disabled }: Pick<UpdateUserInput, 'name' | 'disabled'>): ChangedTenant {
  return {
    ...(typeof name === 'string' ? { name: checkName(name, 'input.name') } : {}),
    ...(typeof disabled === 'boolean' ? { disabled } : {}),
  };
}
