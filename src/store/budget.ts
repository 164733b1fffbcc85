import type { Budget, BudgetPolicy, BudgetScope, BudgetWindow, Meter } from '../domain/budget.ts';
import { GatewayError } from '../domain/errors.ts';
import type { BudgetId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { BudgetStore, Owned } from '../ports/store.ts';
import { change, make } from './audit.ts';
import type { Database, Queries, Row, SqlValue } from './database.ts';
import { cursorOf, pageOf } from './page.ts';
import { amount, boolean, number, numberOrNull, text, word } from './row.ts';
import { rethrowState, sqlStates } from './sqlError.ts';
import { isUuid, toTimestamp, toUuidArray } from './sqlValue.ts';

const scopeTypes = [
  'ORGANIZATION',
  'TEAM',
  'USER',
  'API_KEY',
  'MODEL',
  'TAG',
  'CLIENT_TOKEN',
] as const satisfies readonly BudgetScope['type'][];
const meters: readonly Meter[] = ['REQUESTS', 'TOKENS', 'SPEND', 'PARALLEL'];
const windows: readonly BudgetWindow[] = ['TOTAL', 'MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH'];
const policies: readonly BudgetPolicy[] = ['STRICT', 'SOFT'];

/** How to see that what a scope names is the organization's: `$1` the organization, `$2` the name. A model and a tag need not exist yet. */
const existence: Readonly<Partial<Record<BudgetScope['type'], string>>> = {
  TEAM: 'select from teams where organization_id = $1 and id::text = $2',
  USER: 'select from users where organization_id = $1 and id = $2',
  API_KEY: 'select from api_keys where organization_id = $1 and id::text = $2',
};

export function createBudgetStore(database: Database): BudgetStore {
  return {
    async create(budget, act) {
      const insert = async (queries: Queries) => {
        await checkScope(queries, budget);
        await insertBudget(queries, budget);
      };
      await make(database, { type: 'BUDGET', made: budget, act, insert }).catch((thrown: unknown) =>
        rethrowState(thrown, { [sqlStates.foreignKey]: notFound() }),
      );
    },
    async find(ids) {
      const rows = await database.query('select * from budgets where id = any($1::text::uuid[]) and deleted_at is null', [
        toUuidArray(ids),
      ]);
      return rows.map(toBudget);
    },
    async list(filter, page) {
      if (!isUuid(filter.organizationId)) return pageOf([], page, toBudget);
      const rows = await database.query(
        `select * from budgets
         where organization_id = $1 and deleted_at is null and ($2::text is null or team_id::text = $2) and ($3::text is null or user_id = $3)
           and ($4::text is null or api_key_id::text = $4) and ($5::text is null or meter = $5) and (scope = 'CLIENT_TOKEN') = $6
           and ($7::uuid is null or id < $7)
         order by id desc limit $8`,
        [
          filter.organizationId,
          filter.teamId,
          filter.userId,
          filter.apiKeyId,
          filter.meter,
          filter.clientTokens,
          cursorOf(page),
          page.first + 1,
        ],
      );
      return pageOf(rows, page, toBudget);
    },
    async inForce(organizationId) {
      if (!isUuid(organizationId)) return [];
      const rows = await database.query(
        `select * from budgets where organization_id = $1 and deleted_at is null and scope <> 'CLIENT_TOKEN' order by id`,
        [organizationId],
      );
      return rows.map(toBudget);
    },
    async update(target, changes, act) {
      const changed = await change(database, {
        type: 'BUDGET',
        act,
        read: (queries) => lock(queries, target),
        async write(queries, before) {
          const after = { ...before, ...changes };
          await queries.query(
            'update budgets set limit_amount = $2::text::bigint, policy = $3, shadow = $4, updated_at = $5 where id = $1',
            [after.id, after.limit.toString(), after.policy, after.shadow, toTimestamp(act.at)],
          );
          return after;
        },
      });
      return changed?.after ?? null;
    },
    async delete(target, act) {
      const deleted = await change(database, {
        type: 'BUDGET',
        act,
        read: (queries) => lock(queries, target),
        async write(queries, { id }) {
          await queries.query('update budgets set deleted_at = $2 where id = $1', [id, toTimestamp(act.at)]);
          return null;
        },
      });
      return deleted?.before ?? null;
    },
  };
}

async function lock(queries: Queries, { organizationId, id }: Owned<BudgetId>): Promise<Budget | null> {
  if (!isUuid(organizationId) || !isUuid(id)) return null;
  const [row] = await queries.query('select * from budgets where organization_id = $1 and id = $2 and deleted_at is null for update', [
    organizationId,
    id,
  ]);
  return row === undefined ? null : toBudget(row);
}

async function checkScope(database: Queries, { organizationId, scope }: Budget): Promise<void> {
  if (scope.type === 'ORGANIZATION' && scope.id !== organizationId) throw notFound();
  const sql = existence[scope.type];
  if (sql === undefined || !('id' in scope)) return;
  const [found] = await database.query(sql, [organizationId, scope.id]);
  if (found === undefined) throw notFound();
}

async function insertBudget(database: Queries, budget: Budget): Promise<void> {
  await database.query(
    `insert into budgets (id, organization_id, scope, team_id, user_id, api_key_id, model, tag_name, tag_value,
       meter, window_size, time_zone, limit_amount, policy, shadow, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::text::bigint, $14, $15, $16)`,
    [
      budget.id,
      budget.organizationId,
      ...scopeColumns(budget.scope),
      budget.meter,
      budget.window,
      budget.timeZone,
      budget.limit.toString(),
      budget.policy,
      budget.shadow,
      toTimestamp(budget.createdAt),
    ],
  );
}

function scopeColumns(scope: BudgetScope): readonly SqlValue[] {
  const team = scope.type === 'TEAM' ? scope.id : null;
  const user = scope.type === 'USER' ? scope.id : null;
  const apiKey = scope.type === 'API_KEY' ? scope.id : null;
  const model = scope.type === 'MODEL' ? scope.slug : null;
  const tag = scope.type === 'TAG' ? scope.tag : null;
  return [scope.type, team, user, apiKey, model, tag?.name ?? null, tag?.value ?? null];
}

function notFound(): GatewayError {
  return new GatewayError('NOT_FOUND', 'The organization has nothing by the name that the scope gives.');
}

export function toBudget(row: Row): Budget {
  return {
    id: toId(text(row, 'id')),
    organizationId: toId(text(row, 'organization_id')),
    scope: toScope(row),
    meter: word(row, 'meter', meters),
    window: word(row, 'window_size', windows),
    timeZone: text(row, 'time_zone'),
    limit: amount(row, 'limit_amount'),
    policy: word(row, 'policy', policies),
    shadow: boolean(row, 'shadow'),
    createdAt: number(row, 'created_at'),
    endsAt: numberOrNull(row, 'ends_at'),
  };
}

function toScope(row: Row): BudgetScope {
  const type = word(row, 'scope', scopeTypes);
  switch (type) {
    case 'ORGANIZATION':
      return { type, id: toId(text(row, 'organization_id')) };
    case 'TEAM':
      return { type, id: toId(text(row, 'team_id')) };
    case 'USER':
      return { type, id: toId(text(row, 'user_id')) };
    case 'API_KEY':
      return { type, id: toId(text(row, 'api_key_id')) };
    case 'MODEL':
      return { type, slug: text(row, 'model') };
    case 'TAG':
      return { type, tag: { name: text(row, 'tag_name'), value: text(row, 'tag_value') } };
    case 'CLIENT_TOKEN':
      return { type, id: toId(text(row, 'client_token_id')), apiKeyId: toId(text(row, 'api_key_id')) };
    default:
      return type satisfies never;
  }
}
