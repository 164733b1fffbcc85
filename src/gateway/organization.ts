import type { OrganizationId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Organization } from '../domain/tenancy.ts';
import { actOf } from './act.ts';
import type { AdministrationParts } from './administrationParts.ts';
import type { OrganizationAdministration } from './gateway.ts';
import { checkName } from './name.ts';
import { inOrder, maySee, organizationAsked, there } from './visibility.ts';

export function createOrganizationAdministration(parts: AdministrationParts): OrganizationAdministration {
  const { store, clock, ids } = parts;
  return {
    async createOrganization(caller, name) {
      const organization: Organization = { id: toId<OrganizationId>(ids.next()), name: checkName(name), createdAt: clock.now() };
      await store.tenancy.createOrganization(organization, actOf(caller, 'CREATE_ORGANIZATION', parts));
      return organization;
    },
    async updateOrganization(caller, id, { name }) {
      const act = actOf(caller, 'UPDATE_ORGANIZATION', parts);
      const changed = await store.tenancy.updateOrganization(organizationAsked(caller, id), { name: checkName(name) }, act);
      return there(changed, 'organization');
    },
    organizations: (_caller, page) => store.tenancy.listOrganizations(page),
    findOrganizations: async ({ principal }, wanted) =>
      inOrder(wanted, await store.tenancy.organizations(wanted), ({ id }) => maySee(principal, id)),
  };
}
