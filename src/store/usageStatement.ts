import type { UsageBucket, UsageDimension, UsageFilter, UsageQuestion } from '../domain/usageReport.ts';
import type { SqlValue } from './database.ts';
import { toArrayOrNull, toTimestamp, toUuidArray } from './sqlValue.ts';

export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

const columns: Readonly<Record<UsageDimension, string>> = {
  MODEL: 'model',
  PROVIDER: 'provider',
  API_KEY: 'api_key_id::text',
  TEAM: 'team_id::text',
  USER: 'user_id',
  OPERATION: 'operation',
  OUTCOME: 'outcome',
  SIMULATED: 'simulated::text',
};

const buckets: Readonly<Record<UsageBucket, string>> = { HOUR: 'hour', DAY: 'day', WEEK: 'week', MONTH: 'month' };

const sums = `count(*) as requests,
  count(*) filter (where outcome in ('FAILED', 'UNKNOWN')) as errors,
  coalesce(sum(input_tokens), 0)::bigint as input_tokens,
  coalesce(sum(cached_input_tokens), 0)::bigint as cached_input_tokens,
  coalesce(sum(output_tokens), 0)::bigint as output_tokens,
  coalesce(sum(reasoning_tokens), 0)::bigint as reasoning_tokens,
  coalesce(sum(cost_total), 0)::bigint as cost,
  coalesce(sum(duration_ms), 0)::float8 as duration_ms,
  coalesce(sum(first_token_ms), 0)::float8 as first_token_ms,
  count(first_token_ms) as first_token_count`;

/** `$1` to `$10`. The text is always the same, so that one plan serves every filter. */
const filtered = `organization_id = $1
  and ($2::text is null or team_id = any($2::text::uuid[]))
  and ($3::text is null or user_id = any($3::text::text[]))
  and ($4::text is null or api_key_id = any($4::text::uuid[]))
  and ($5::text is null or model = any($5::text::text[]))
  and ($6::text is null or provider = any($6::text::text[]))
  and ($7::text is null or operation = any($7::text::text[]))
  and ($8::text is null or outcome = any($8::text::text[]))
  and ($9::boolean is null or simulated = $9)
  and ($10::text is null or holder = any($10::text::text[]))`;

const inRange = 'ts >= $11 and ts < $12';

/** Over all that the question is about, and how many rows there would be. */
export function totalsStatement(question: UsageQuestion): Statement {
  const sql = `select ${sums}, count(distinct ${keyOf(question.groupBy)}) as row_count from usage_events where ${filtered} and ${inRange}`;
  return { sql, values: rangeValues(question) };
}

/** The dearest rows. */
export function rowsStatement(question: UsageQuestion): Statement {
  return { sql: topRows(question.groupBy), values: [...rangeValues(question), question.first] };
}

/** The points of the dearest rows, by the calendar of the question's time zone. */
export function pointsStatement(question: UsageQuestion, bucket: UsageBucket): Statement {
  const key = keyOf(question.groupBy);
  const sql = `with top as (${topRows(question.groupBy)}), points as (
    select ${key} as key, date_trunc('${buckets[bucket]}', ts, $14) as at, ${sums}
    from usage_events where ${filtered} and ${inRange} group by 1, 2
  )
  select points.* from points join top using (key) order by points.at`;
  return { sql, values: [...rangeValues(question), question.first, question.timeZone] };
}

/** Newest first. */
export function listStatement(filter: UsageFilter, page: { readonly after: string | null; readonly count: number }): Statement {
  const sql = `select * from usage_events where ${filtered} and ($11::uuid is null or id < $11) order by id desc limit $12`;
  return { sql, values: [...filterValues(filter), page.after, page.count] };
}

function topRows(groupBy: readonly UsageDimension[]): string {
  return `select ${keyOf(groupBy)} as key, ${sums} from usage_events where ${filtered} and ${inRange}
    group by 1 order by cost desc, requests desc, key limit $13`;
}

/** All dimensions as one text, so that rows and points meet by one equality, absent values included. */
function keyOf(groupBy: readonly UsageDimension[]): string {
  return groupBy.length === 0 ? "'[]'::text" : `jsonb_build_array(${groupBy.map((dimension) => columns[dimension]).join(', ')})::text`;
}

function rangeValues({ filter, from, to }: UsageQuestion): readonly SqlValue[] {
  return [...filterValues(filter), toTimestamp(from), toTimestamp(to)];
}

function filterValues(filter: UsageFilter): readonly SqlValue[] {
  return [
    filter.organizationId,
    filter.teamIds === null ? null : toUuidArray(filter.teamIds),
    toArrayOrNull(filter.userIds),
    filter.apiKeyIds === null ? null : toUuidArray(filter.apiKeyIds),
    toArrayOrNull(filter.models),
    toArrayOrNull(filter.providers),
    toArrayOrNull(filter.operations),
    toArrayOrNull(filter.outcomes),
    filter.simulated,
    toArrayOrNull(filter.holders),
  ];
}
