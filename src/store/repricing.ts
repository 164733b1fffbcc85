import { toId } from '../domain/id.ts';
import type { RepricedSum, RepricingQuestion, RepricingReport } from '../domain/repricing.ts';
import { toPriceJson } from './accountJson.ts';
import type { Queries, Row } from './database.ts';
import { number, text } from './row.ts';
import { isUuid, toTimestamp } from './sqlValue.ts';

const nothing: RepricedSum = { attempts: 0, booked: 0n, repriced: 0n, bookedUnpriced: 0, repricedUnpriced: 0, different: 0 };

const own = ['a.price_input', 'a.price_cached_input', 'a.price_cache_write', 'a.price_output', 'a.price_reasoning', 'a.price_request'].join(
  ', ',
);
const given = ['p.input', 'p."cachedInput"', 'p."cacheWrite"', 'p.output', 'p.reasoning', 'p.request'].join(', ');

function costAt(prices: string): string {
  return `attempt_cost(a.input_tokens, a.cached_input_tokens, a.cache_write_tokens, a.output_tokens, a.reasoning_tokens, ${prices})`;
}

/** Totals are the row without an offer. `$4` is what offers ask for, and empty where each attempt is taken at its own price. */
function statement(prices: string): string {
  return `with repriced as (
    select a.provider, a.model, a.offer, a.cost_total as booked,
      case
        when a.outcome = 'UNKNOWN' or a.apportioned and ${costAt(own)} = 0 then a.cost_total
        when a.apportioned then round(a.cost_total * ${costAt(prices)} / ${costAt(own)})
        else ${costAt(prices)}
      end as repriced
    from usage_attempts a
    left join jsonb_to_recordset($4::text::jsonb) as p(
      offer text, input bigint, "cachedInput" bigint, "cacheWrite" bigint, output bigint, reasoning bigint, request bigint
    ) on p.offer = a.offer
    where a.usage_basis is not null and a.ts >= $1 and a.ts < $2 and ($3::uuid is null or a.organization_id = $3)
  ), sums as (
    select provider, model, offer, count(*) as attempts, coalesce(sum(booked), 0)::text as booked, coalesce(sum(repriced), 0)::text as repriced,
      count(*) filter (where booked is null) as booked_unpriced, count(*) filter (where repriced is null) as repriced_unpriced,
      count(*) filter (where booked is distinct from repriced) as different
    from repriced group by grouping sets ((provider, model, offer), ())
  )
  select *, count(*) over () - 1 as row_count from sums
  order by offer is not null, booked::numeric desc, offer, model limit $5`;
}

const atOwnPrices = statement(own);
const atGivenPrices = statement(given);

/** What calls would cost at other prices: reads the attempts, and changes nothing. */
export async function reprice(database: Queries, question: RepricingQuestion): Promise<RepricingReport> {
  const { organizationId, from, to, prices, first } = question;
  if (organizationId !== null && !isUuid(organizationId)) return { totals: nothing, rows: [], rowCount: 0 };
  const list = prices === null ? [] : [...prices].map(([offer, price]) => ({ offer, ...toPriceJson(price) }));
  const [totals, ...rows] = await database.query(prices === null ? atOwnPrices : atGivenPrices, [
    toTimestamp(from),
    toTimestamp(to),
    organizationId,
    JSON.stringify(list),
    first + 1,
  ]);
  return {
    totals: totals === undefined ? nothing : readSum(totals),
    rows: rows.map((row) => ({
      provider: toId(text(row, 'provider')),
      model: toId(text(row, 'model')),
      offer: toId(text(row, 'offer')),
      ...readSum(row),
    })),
    rowCount: totals === undefined ? 0 : number(totals, 'row_count'),
  };
}

/** Sums may be beyond what 64 bits hold, so they come as text. */
function readSum(row: Row): RepricedSum {
  return {
    attempts: number(row, 'attempts'),
    booked: BigInt(text(row, 'booked')),
    repriced: BigInt(text(row, 'repriced')),
    bookedUnpriced: number(row, 'booked_unpriced'),
    repricedUnpriced: number(row, 'repriced_unpriced'),
    different: number(row, 'different'),
  };
}
