import type { OrganizationId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Organization } from '../domain/tenancy.ts';
import { actOf } from './act.ts';
import type { AdministrationParts } from './administrationParts.ts';
import type { OrganizationAdministration } from './gateway.ts';
import { checkName } from './name.ts';
import { ownOne, toTenantChanges } from './tenantChanges.ts';
import { inOrder, maySee, organizationAsked, there } from './visibility.ts';

export function createOrganizationAdministration(parts: AdministrationParts): OrganizationAdministration {
  const { store, changed, clock, ids } = parts;
  return {
    async createOrganization(caller, name) {
      const id = toId<OrganizationId>(ids.next());
      const organization: Organization = { id, name: checkName(name), createdAt: clock.now(), disabledAt: null };
      await store.tenancy.createOrganization(organization, actOf(caller, 'CREATE_ORGANIZATION', parts));
      changed({ type: 'ORGANIZATION', organizationId: organization.id, id: organization.id });
      return organization;
    },
    async updateOrganization(caller, id, input) {
      if (input.disabled === true && caller.principal.organizationId === id) throw ownOne('organization');
      const act = actOf(caller, 'UPDATE_ORGANIZATION', parts);
      const updated = await store.tenancy.updateOrganization(organizationAsked(caller, id), toTenantChanges(input, act.at), act);
      changed({ type: 'ORGANIZATION', organizationId: id, id });
      return there(updated, 'organization');
    },
    organizations: (_caller, page) => store.tenancy.listOrganizations(page),
    findOrganizations: async ({ principal }, wanted) =>
      inOrder(wanted, await store.tenancy.organizations(wanted), ({ id }) => maySee(principal, id)),
  };
}
