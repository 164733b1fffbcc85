import type { AdministrationParts } from './administrationParts.ts';
import { createApiKeyAdministration } from './apiKey.ts';
import { createAuditLog } from './auditLog.ts';
import { createBudgetAdministration } from './budget.ts';
import type { Administration } from './gateway.ts';
import { createOrganizationAdministration } from './organization.ts';
import { createTeamAdministration } from './team.ts';
import { createUserAdministration } from './user.ts';

/** Who may, and how much: a room for each noun. */
export function createAdministration(parts: AdministrationParts): Administration {
  return {
    ...createOrganizationAdministration(parts),
    ...createTeamAdministration(parts),
    ...createUserAdministration(parts),
    ...createApiKeyAdministration(parts),
    ...createBudgetAdministration(parts),
    ...createAuditLog(parts),
  };
}
