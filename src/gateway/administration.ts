import type { Budget, BudgetScope } from '../domain/budget.ts';
import { GatewayError } from '../domain/errors.ts';
import type { ApiKeyId, BudgetId, OrganizationId, TeamId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import { isTimeZone } from '../domain/period.ts';
import type { Principal } from '../domain/principal.ts';
import { holdsScopes } from '../domain/principal.ts';
import type { ApiKey, Organization, Team } from '../domain/tenancy.ts';
import type { Clock } from '../ports/clock.ts';
import type { ApiKeySecrets } from '../ports/credential.ts';
import type { IdSource } from '../ports/idSource.ts';
import type { Store } from '../ports/store.ts';
import type { KeyAccess } from './access.ts';
import type { BudgetBook } from './budgetBook.ts';
import type { Administration, Caller, NewApiKey, NewBudget } from './gateway.ts';
import type { QuotaPool } from './quota.ts';

export interface AdministrationParts {
  readonly store: Store;
  readonly secrets: ApiKeySecrets;
  readonly access: KeyAccess;
  readonly book: BudgetBook;
  readonly pool: QuotaPool;
  readonly clock: Clock;
  readonly ids: IdSource;
}

const mostName = 100;
/** What a 64-bit integer of the database holds. */
const mostLimit = 9_223_372_036_854_775_807n;

export function createAdministration(parts: AdministrationParts): Administration {
  const { store, secrets, access, book, pool, clock, ids } = parts;

  async function teamOf(caller: Caller, id: TeamId): Promise<Team> {
    const [team] = await store.tenancy.teams([id]);
    if (team === undefined || !maySee(caller.principal, team.organizationId)) throw new GatewayError('NOT_FOUND', 'There is no such team.');
    return team;
  }

  return {
    async createOrganization(_caller, name) {
      const organization: Organization = { id: toId<OrganizationId>(ids.next()), name: checkName(name), createdAt: clock.now() };
      await store.tenancy.createOrganization(organization);
      return organization;
    },
    async createTeam(caller, { organizationId, name }) {
      if (!maySee(caller.principal, organizationId)) throw new GatewayError('NOT_FOUND', 'There is no such organization.');
      const team: Team = { id: toId<TeamId>(ids.next()), organizationId, name: checkName(name), createdAt: clock.now() };
      await store.tenancy.createTeam(team);
      return team;
    },
    async createApiKey(caller, input) {
      const team = await teamOf(caller, input.teamId);
      checkNewApiKey(caller.principal, input, clock.now());
      const { secret, hash, prefix, lastFour } = secrets.issue();
      const apiKey: ApiKey = {
        id: toId<ApiKeyId>(ids.next()),
        organizationId: team.organizationId,
        teamId: team.id,
        userId: input.userId,
        name: checkName(input.name),
        prefix,
        lastFour,
        scopes: [...new Set(input.scopes)],
        allowedModels: input.allowedModels,
        createdAt: clock.now(),
        expiresAt: input.expiresAt,
        revokedAt: null,
      };
      await store.apiKeys.create(apiKey, hash);
      return { secret, apiKey };
    },
    async revokeApiKey(caller, id) {
      const [key] = await store.apiKeys.find([id]);
      const visible = key !== undefined && maySee(caller.principal, key.organizationId);
      const revoked = visible ? await store.apiKeys.revoke(key.organizationId, id, clock.now()) : null;
      if (revoked === null) throw new GatewayError('NOT_FOUND', 'There is no such API key.');
      access.forget(id);
      return revoked;
    },
    async createBudget(caller, input) {
      const budget = toBudget(input, await organizationOf(store, caller, input.scope), {
        id: toId<BudgetId>(ids.next()),
        createdAt: clock.now(),
      });
      await store.budgets.create(budget);
      book.forget(budget.organizationId);
      return budget;
    },
    teams: ({ principal }, page) => store.tenancy.listTeams(principal.organizationId, page),
    apiKeys: ({ principal }, page) => store.apiKeys.list(principal.organizationId, page),
    budgets: ({ principal }, page) => store.budgets.list(principal.organizationId, page),
    findOrganizations: async ({ principal }, wanted) =>
      inOrder(wanted, await store.tenancy.organizations(wanted), ({ id }) => maySee(principal, id)),
    findTeams: async ({ principal }, wanted) =>
      inOrder(wanted, await store.tenancy.teams(wanted), (team) => maySee(principal, team.organizationId)),
    findApiKeys: async ({ principal }, wanted) =>
      inOrder(wanted, await store.apiKeys.find(wanted), (key) => maySee(principal, key.organizationId)),
    findBudgets: async ({ principal }, wanted) =>
      inOrder(wanted, await store.budgets.find(wanted), (budget) => maySee(principal, budget.organizationId)),
    quotasOf: (_caller, budgets) => pool.quotas(budgets),
  };
}

/** An ADMIN sees every organization; everybody else their own. */
function maySee(principal: Principal, organizationId: OrganizationId): boolean {
  return principal.organizationId === organizationId || principal.scopes.has('ADMIN');
}

function inOrder<Item extends { readonly id: string }>(
  wanted: readonly string[],
  found: readonly Item[],
  visible: (item: Item) => boolean,
): readonly (Item | null)[] {
  const byId = new Map(found.filter(visible).map((item) => [item.id, item]));
  return wanted.map((id) => byId.get(id) ?? null);
}

function checkName(name: string): string {
  const trimmed = name.trim();
  if (trimmed.length === 0 || trimmed.length > mostName)
    throw new GatewayError('INVALID_REQUEST', `A name has 1 to ${mostName} characters.`);
  return trimmed;
}

/** Nobody hands out what they do not hold. */
function checkNewApiKey(principal: Principal, { scopes, allowedModels, expiresAt }: NewApiKey, now: number): void {
  const beyond = scopes.filter((scope) => !holdsScopes(principal, [scope]));
  if (beyond.length > 0)
    throw new GatewayError('FORBIDDEN', 'A key can only be given scopes that the caller holds.', { details: { scopes: beyond } });
  if (!withinModels(principal, allowedModels))
    throw new GatewayError('FORBIDDEN', 'A key can only be given models that the caller may ask for.');
  if (scopes.length === 0) throw new GatewayError('INVALID_REQUEST', 'A key needs at least one scope.');
  if (expiresAt !== null && expiresAt <= now) throw new GatewayError('INVALID_REQUEST', '`expiresAt` must be in the future.');
}

/** Null: all models. */
function withinModels({ allowedModels: held }: Principal, wanted: readonly string[] | null): boolean {
  return held === null || (wanted?.every((name) => held.includes(name)) ?? false);
}

/** The organization whose budget it is: that of the scope's subject, else the caller's own. */
async function organizationOf(store: Store, { principal }: Caller, scope: BudgetScope): Promise<OrganizationId> {
  const found = await subjectOrganization(store, principal, scope);
  if (found === null || !maySee(principal, found)) throw new GatewayError('NOT_FOUND', 'The scope names nothing that there is.');
  return found;
}

async function subjectOrganization(store: Store, principal: Principal, scope: BudgetScope): Promise<OrganizationId | null> {
  switch (scope.type) {
    case 'ORGANIZATION':
      return (await store.tenancy.organizations([scope.id]))[0]?.id ?? null;
    case 'TEAM':
      return (await store.tenancy.teams([scope.id]))[0]?.organizationId ?? null;
    case 'API_KEY':
      return (await store.apiKeys.find([scope.id]))[0]?.organizationId ?? null;
    case 'USER':
    case 'MODEL':
    case 'TAG':
      return principal.organizationId;
    default:
      return scope satisfies never;
  }
}

function toBudget(input: NewBudget, organizationId: OrganizationId, made: Pick<Budget, 'id' | 'createdAt'>): Budget {
  const { scope, meter, window, timeZone, limit, policy } = input;
  if (limit < 0n || limit > mostLimit)
    throw new GatewayError('INVALID_REQUEST', 'The limit must be 0 or more, and no more than the ledger can count.');
  if (!isTimeZone(timeZone))
    throw new GatewayError('INVALID_REQUEST', 'The time zone is not known; use an IANA name, for instance Europe/Berlin.');
  if (meter === 'PARALLEL' && window !== 'TOTAL')
    throw new GatewayError('INVALID_REQUEST', 'A limit of parallel calls has the window TOTAL.');
  return { ...made, organizationId, scope, meter, window, timeZone, limit, policy };
}
