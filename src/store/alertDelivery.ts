import type { AlertDelivery } from '../domain/alert.ts';
import { deliveryStates } from '../domain/alert.ts';
import { toId } from '../domain/id.ts';
import type { AlertDeliveryStore, ClaimedDelivery } from '../ports/alert.ts';
import { alertColumns, toAlert } from './alertRow.ts';
import type { Queries, Row } from './database.ts';
import type { Notices } from './notices.ts';
import { number, numberOrNull, text, word } from './row.ts';
import { toArray, toTimestamp, toTimestampOrNull, toUuidArray } from './sqlValue.ts';

/** One statement: of any number of replicas one takes an alert, and a process that dies has taken none. */
const planStatement = `with planned as (
    update alerts set planned_at = $1
    where id in (select id from alerts where planned_at is null order by id limit $2 for update skip locked) returning *
  ), made as (
    insert into alert_deliveries (alert_id, webhook, host, state, attempts, next_at, created_at)
    select planned.id, target.webhook, target.host, 'PENDING', 0, $1, $1
    from planned, jsonb_to_recordset($3::text::jsonb) as target(webhook text, host text, kinds jsonb)
    where target.kinds @> to_jsonb(planned.kind)
    on conflict do nothing
  )
  select ${alertColumns} from planned a join budgets b on b.id = a.budget_id order by a.id`;

const claimStatement = `with claimed as (
    update alert_deliveries set attempts = attempts + 1, next_at = $4, replica_id = $1
    where (alert_id, webhook) in (
      select alert_id, webhook from alert_deliveries
      where state = 'PENDING' and next_at <= $3 and webhook = any($2::text::text[])
      order by next_at limit $5 for update skip locked
    ) returning *
  )
  select ${alertColumns}, d.webhook, d.attempts, d.created_at as delivery_created_at
  from claimed d join alerts a on a.id = d.alert_id join budgets b on b.id = a.budget_id order by a.id, d.webhook`;

/** Who lost its claim to another replica has nothing to say: the attempt that counts is that one's. */
const settleStatement = `update alert_deliveries set state = $5, status = $6, next_at = $7, attempts = attempts - $8
  where alert_id = $1 and webhook = $2 and replica_id = $3 and attempts = $4 and state = 'PENDING'`;

export function createAlertDeliveryStore(database: Queries, notices: Notices): AlertDeliveryStore {
  return {
    onAlert: (listener) => notices.listen('modelgraph_alert', () => listener()),
    async plan(targets, at, most) {
      const rows = await database.query(planStatement, [toTimestamp(at), most, JSON.stringify(targets)]);
      return rows.map(toAlert);
    },
    async claim({ replicaId, webhooks, at, until, most }) {
      const rows = await database.query(claimStatement, [replicaId, toArray(webhooks), toTimestamp(at), toTimestamp(until), most]);
      return rows.map(toClaimed);
    },
    async settle({ alert, webhook, attempts }, replicaId, { state, status, nextAt, released = false }) {
      const values = [alert.id, webhook, replicaId, attempts, state, status, toTimestampOrNull(nextAt), released ? 1 : 0];
      await database.query(settleStatement, values);
    },
    async dueAt(webhooks) {
      const [row] = await database.query(
        `select min(next_at) as due_at from alert_deliveries where state = 'PENDING' and webhook = any($1::text::text[])`,
        [toArray(webhooks)],
      );
      return row === undefined ? null : numberOrNull(row, 'due_at');
    },
    async deliveries(ids) {
      const rows = await database.query('select * from alert_deliveries where alert_id = any($1::text::uuid[]) order by webhook', [
        toUuidArray(ids),
      ]);
      return rows.map(toDelivery);
    },
  };
}

function toClaimed(row: Row): ClaimedDelivery {
  return {
    alert: toAlert(row),
    webhook: text(row, 'webhook'),
    attempts: number(row, 'attempts'),
    createdAt: number(row, 'delivery_created_at'),
  };
}

function toDelivery(row: Row): AlertDelivery {
  return {
    alertId: toId(text(row, 'alert_id')),
    webhook: text(row, 'webhook'),
    host: text(row, 'host'),
    state: word(row, 'state', deliveryStates),
    attempts: number(row, 'attempts'),
    status: numberOrNull(row, 'status'),
    nextAt: numberOrNull(row, 'next_at'),
  };
}
