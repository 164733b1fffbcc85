import type { AlertFilter } from '../../ports/alert.ts';
import type { AlertFilter as AlertFilterInput } from '../generated/schemaTypes.ts';
import { readGlobalId } from '../globalId.ts';
import { readList } from './check.ts';
import { readOrganization } from './organization.ts';

/** Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toAlertFilter(filter: AlertFilterInput | null | undefined): AlertFilter {
  const { organizationId, kinds, budgetId } = filter ?? {};
  return {
    organizationId: readOrganization(organizationId, 'filter.organizationId'),
    kinds: kinds === null || kinds === undefined ? null : readList(kinds, 'filter.kinds', { most: 100 }),
    budgetId: budgetId === null || budgetId === undefined ? null : readGlobalId('Budget', budgetId, 'filter.budgetId'),
  };
}
