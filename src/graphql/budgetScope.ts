import type { BudgetScope as DomainBudgetScope } from '../domain/budget.ts';
import { toGlobalId } from './globalId.ts';

/** Whose use counts, as clients read it: exactly one of these. */
export function toBudgetScope(scope: DomainBudgetScope) {
  switch (scope.type) {
    case 'ORGANIZATION':
      return { organizationId: toGlobalId('Organization', scope.id) };
    case 'TEAM':
      return { teamId: toGlobalId('Team', scope.id) };
    case 'USER':
      return { userId: toGlobalId('User', scope.id) };
    case 'API_KEY':
      return { apiKeyId: toGlobalId('ApiKey', scope.id) };
    case 'MODEL':
      return { model: scope.slug };
    case 'TAG':
      return { tag: { name: scope.tag.name, value: scope.tag.value } };
    case 'CLIENT_TOKEN':
      return { clientTokenId: toGlobalId('ClientToken', scope.id) };
    default:
      return scope satisfies never;
  }
}
