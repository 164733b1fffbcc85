import DataLoader from 'dataloader';
import type { AlertDelivery } from '../domain/alert.ts';
import type { Budget, Quota } from '../domain/budget.ts';
import type { Completion } from '../domain/completion.ts';
import type { Embeddings } from '../domain/embedding.ts';
import type { AlertId, ApiKeyId, BudgetId, CompletionId, OrganizationId, TeamId } from '../domain/id.ts';
import type { ApiKey, Organization, Team } from '../domain/tenancy.ts';
import type { Caller, Gateway } from '../gateway/gateway.ts';

/** Look-ups by id, gathered while an operation runs: one question to the gateway for all that is asked at the same moment. */
export interface Loaders {
  readonly organization: DataLoader<OrganizationId, Organization | null>;
  readonly team: DataLoader<TeamId, Team | null>;
  readonly apiKey: DataLoader<ApiKeyId, ApiKey | null>;
  readonly budget: DataLoader<BudgetId, Budget | null>;
  readonly quota: DataLoader<Budget, Quota, BudgetId>;
  readonly deliveries: DataLoader<AlertId, readonly AlertDelivery[]>;
  readonly completion: DataLoader<CompletionId, Completion | null>;
  /** By the name of the operation's field. */
  readonly embeddings: DataLoader<string, Embeddings>;
}

export interface LoaderParts {
  readonly gateway: Gateway;
  /** Throws UNAUTHENTICATED. */
  caller(): Caller;
  /** Makes the embeddings of several fields of the operation in one go. */
  embed(fields: readonly string[]): Promise<readonly (Embeddings | Error)[]>;
}

export function createLoaders({ gateway, caller, embed }: LoaderParts): Loaders {
  const { administration, alerts, completions } = gateway;
  return {
    organization: new DataLoader(async (ids) => administration.findOrganizations(caller(), ids)),
    team: new DataLoader(async (ids) => administration.findTeams(caller(), ids)),
    apiKey: new DataLoader(async (ids) => administration.findApiKeys(caller(), ids)),
    budget: new DataLoader(async (ids) => administration.findBudgets(caller(), ids)),
    quota: new DataLoader(async (budgets) => administration.quotasOf(caller(), budgets), { cacheKeyFn: ({ id }) => id }),
    deliveries: new DataLoader(async (ids) => {
      const byAlert = Map.groupBy(await alerts.deliveries(ids), ({ alertId }) => alertId);
      return ids.map((id) => byAlert.get(id) ?? []);
    }),
    completion: new DataLoader(async (ids) => completions.find(caller(), ids)),
    embeddings: new DataLoader(embed),
  };
}
