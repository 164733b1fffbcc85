import type { Budget } from '../domain/budget.ts';
import type { ClientTokenStore } from '../ports/store.ts';
import type { Database } from './database.ts';
import { text } from './row.ts';
import { toArray, toTimestamp } from './sqlValue.ts';

/** What is told of a limit's thresholds goes to operators, and a token is none of their affairs: it has none. */
const insert = `insert into budgets (id, organization_id, scope, api_key_id, client_token_id, meter, window_size, time_zone, limit_amount, policy,
    thresholds, created_at, ends_at)
  select b.id, b.organization_id, 'CLIENT_TOKEN', b.api_key_id, b.client_token_id, b.meter, b.window_size, b.time_zone, b.limit_amount, b.policy,
    '[]'::jsonb, b.created_at, b.ends_at
  from jsonb_to_recordset($1::text::jsonb) as b(id uuid, organization_id uuid, api_key_id uuid, client_token_id uuid, meter text,
    window_size text, time_zone text, limit_amount bigint, policy text, created_at timestamptz, ends_at timestamptz)`;

const mostSwept = 1000;
/** Two replicas that sweep at once take different rows. No alert speaks of a token's limit. */
const selectEnded = `select id from budgets where ends_at < $1 order by ends_at limit ${mostSwept} for update skip locked`;

/** What counts by a budget, the budget last. */
const counted = [
  'delete from leases where budget_id = any($1::text::uuid[])',
  'delete from lease_losses where budget_id = any($1::text::uuid[])',
  'delete from ledger_draws where budget_id = any($1::text::uuid[])',
  'delete from budget_windows where budget_id = any($1::text::uuid[])',
  'delete from budgets where id = any($1::text::uuid[])',
];

export function createClientTokenStore(database: Database): ClientTokenStore {
  return {
    async keepLimits(limits) {
      await database.query(insert, [JSON.stringify(limits.flatMap(toRow))]);
    },
    sweepLimits: (before) =>
      database.transaction(async (queries) => {
        const rows = await queries.query(selectEnded, [toTimestamp(before)]);
        const ids = toArray(rows.map((row) => text(row, 'id')));
        if (rows.length > 0) for (const sql of counted) await queries.query(sql, [ids]);
        return rows.length;
      }),
  };
}

/** Of any other scope there is nothing to keep here. */
function toRow({ id, organizationId, scope, meter, window, timeZone, limit, policy, createdAt, endsAt }: Budget) {
  if (scope.type !== 'CLIENT_TOKEN' || endsAt === null) return [];
  return {
    id,
    organization_id: organizationId,
    api_key_id: scope.apiKeyId,
    client_token_id: scope.id,
    meter,
    window_size: window,
    time_zone: timeZone,
    limit_amount: limit.toString(),
    policy,
    created_at: toTimestamp(createdAt),
    ends_at: toTimestamp(endsAt),
  };
}
