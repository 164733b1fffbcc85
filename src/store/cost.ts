import { toAuditEntry } from '../domain/audit.ts';
import type { OrganizationId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Billed, Booked } from '../domain/reconciliation.ts';
import type { BillChange, BilledDays, CostStore, ProviderBill } from '../ports/cost.ts';
import { writeEntry } from './audit.ts';
import type { Database, Queries, Row } from './database.ts';
import { reprice } from './repricing.ts';
import { number, text, textOrNull } from './row.ts';

/** Any number that nobody else locks by. */
const lockSpace = 7303;

/** Puts lines in the place of all those of their days. The two changes never meet in one row. */
const replaceLines = `with given as (
    select * from jsonb_to_recordset($2::text::jsonb) as g(day date, model text, line_key text, amount bigint, input_tokens bigint, output_tokens bigint)
  ), removed as (
    delete from provider_costs c
    where c.provider = $1 and c.day in (select day from given)
      and not exists (select from given g where (g.day, g.model, g.line_key) = (c.day, c.model, c.line_key))
    returning 1
  ), written as (
    insert into provider_costs as c (provider, day, model, line_key, amount, input_tokens, output_tokens)
    select $1, day, model, line_key, amount, input_tokens, output_tokens from given
    on conflict (provider, day, model, line_key) do update
    set amount = excluded.amount, input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens
    where (c.amount, c.input_tokens, c.output_tokens) is distinct from (excluded.amount, excluded.input_tokens, excluded.output_tokens)
    returning xmax = 0 as added
  )
  select (select count(*) from written where added) as added, (select count(*) from written where not added) as changed,
    (select count(*) from removed) as removed`;

const summary = `select count(*) as lines, coalesce(sum(amount), 0)::text as amount
  from provider_costs where provider = $1 and day = any($2::text::date[])`;

const billedSums = `select day::text as day, model, sum(amount)::text as amount, (sum(input_tokens) + sum(coalesce(output_tokens, 0)))::text as tokens
  from provider_costs where provider = $1 and day >= $2::text::date and day <= $3::text::date group by 1, 2`;

/** An attempt begins at most a day behind its call's admission: only the months that may hold it are read. */
const bookedSums = `with bounds as (
    select $2::text::date::timestamp at time zone $4 as first, ($3::text::date + 1)::timestamp at time zone $4 as past
  )
  select to_char(started_at at time zone $4, 'YYYY-MM-DD') as day, answered_model, provider_model, model, count(*) as attempts,
    coalesce(sum(cost_total), 0)::text as amount, (coalesce(sum(input_tokens), 0) + coalesce(sum(output_tokens), 0))::text as tokens,
    count(*) filter (where cost_total is null) as unpriced, count(*) filter (where outcome = 'UNKNOWN') as unknown
  from usage_attempts, bounds
  where provider = $1 and usage_basis is not null and ts >= first - interval '1 day' and ts < past and started_at >= first and started_at < past
  group by 1, 2, 3, 4`;

export function createCostStore(database: Database): CostStore {
  return {
    async importBill(bill, { organizationId, ...act }) {
      const days = toDateArray(bill);
      return await database.transaction(async (queries) => {
        // Two imports at once come one after the other, so that each one's `before` is what it found.
        await queries.query(`select pg_advisory_xact_lock(${lockSpace}, hashtext($1))`, [bill.provider]);
        const before = await stateOf(queries, { organizationId, bill, days });
        const change = await replace(queries, bill);
        if (change.added + change.changed + change.removed === 0) return change;
        const after = await stateOf(queries, { organizationId, bill, days });
        await writeEntry(queries, toAuditEntry(act, { type: 'PROVIDER', before, after }));
        return change;
      });
    },
    async billed({ provider, from, to }) {
      return (await database.query(billedSums, [provider, from, to])).map(toBilled);
    },
    async booked({ provider, from, to }: BilledDays, timeZone) {
      return (await database.query(bookedSums, [provider, from, to, timeZone])).map(toBooked);
    },
    reprice: (question) => reprice(database, question),
  };
}

async function replace(queries: Queries, { provider, lines }: ProviderBill): Promise<BillChange> {
  const rows = lines.map(({ day, model, key, amount, inputTokens, outputTokens }) => ({
    day,
    model,
    line_key: key,
    amount: amount.toString(),
    input_tokens: inputTokens?.toString() ?? null,
    output_tokens: outputTokens?.toString() ?? null,
  }));
  const [row = {}] = await queries.query(replaceLines, [provider, JSON.stringify(rows)]);
  return { added: number(row, 'added'), changed: number(row, 'changed'), removed: number(row, 'removed') };
}

interface StateQuestion {
  readonly organizationId: OrganizationId;
  readonly bill: ProviderBill;
  readonly days: string;
}

/** What is kept of the bill's days, as the audit log shows it. */
async function stateOf(queries: Queries, { organizationId, bill: { provider, lines }, days }: StateQuestion) {
  const [row = {}] = await queries.query(summary, [provider, days]);
  const ordered = lines.map(({ day }) => day).sort();
  const [from, to] = [ordered[0] ?? null, ordered.at(-1) ?? null];
  return { id: provider, organizationId, from, to, lines: number(row, 'lines'), billed: BigInt(text(row, 'amount')) };
}

function toDateArray({ lines }: ProviderBill): string {
  return `{${[...new Set(lines.map(({ day }) => day))].join(',')}}`;
}

function toBilled(row: Row): Billed {
  const tokens = textOrNull(row, 'tokens');
  return {
    day: text(row, 'day'),
    model: text(row, 'model'),
    amount: BigInt(text(row, 'amount')),
    tokens: tokens === null ? null : BigInt(tokens),
  };
}

function toBooked(row: Row): Booked {
  return {
    day: text(row, 'day'),
    answeredModel: textOrNull(row, 'answered_model'),
    providerModel: textOrNull(row, 'provider_model'),
    model: toId(text(row, 'model')),
    amount: BigInt(text(row, 'amount')),
    tokens: BigInt(text(row, 'tokens')),
    attempts: number(row, 'attempts'),
    unpriced: number(row, 'unpriced'),
    unknown: number(row, 'unknown'),
  };
}
