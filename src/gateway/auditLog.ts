import type { AdministrationParts } from './administrationParts.ts';
import type { AuditLog } from './gateway.ts';
import { organizationAsked } from './visibility.ts';

/** Read only: what is administered is written down where it is done. */
export function createAuditLog({ store }: Pick<AdministrationParts, 'store'>): AuditLog {
  return {
    async auditLog(caller, query, page) {
      const every = query.organizationId === null && caller.principal.scopes.has('ADMIN');
      const organizationId = every ? null : organizationAsked(caller, query.organizationId);
      return await store.audit.list({ ...query, organizationId }, page);
    },
  };
}
