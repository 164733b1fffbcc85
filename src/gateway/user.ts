import { GatewayError } from '../domain/errors.ts';
import type { User } from '../domain/tenancy.ts';
import { actOf } from './act.ts';
import type { AdministrationParts } from './administrationParts.ts';
import type { UserAdministration } from './gateway.ts';
import { checkName } from './name.ts';
import { toTenantChanges } from './tenantChanges.ts';
import { organizationAsked, there } from './visibility.ts';

const mostId = 200;

export function createUserAdministration(parts: AdministrationParts): UserAdministration {
  const { store, changed, clock } = parts;
  return {
    async createUser(caller, input) {
      const organizationId = organizationAsked(caller, input.organizationId);
      if (input.id.length === 0 || input.id.length > mostId || input.id.includes('\0'))
        throw new GatewayError('INVALID_REQUEST', `A user's id has 1 to ${mostId} characters.`);
      const user: User = { id: input.id, organizationId, name: checkName(input.name), createdAt: clock.now(), disabledAt: null };
      await store.tenancy.createUser(user, actOf(caller, 'CREATE_USER', parts));
      changed({ ...user, type: 'USER' });
      return user;
    },
    async updateUser(caller, { organizationId, id }, input) {
      const target = { organizationId: organizationAsked(caller, organizationId), id };
      const act = actOf(caller, 'UPDATE_USER', parts);
      const updated = await store.tenancy.updateUser(target, toTenantChanges(input, act.at), act);
      changed({ ...target, type: 'USER' });
      return there(updated, 'user');
    },
    users: async (caller, organizationId, page) => store.tenancy.listUsers(organizationAsked(caller, organizationId), page),
  };
}
