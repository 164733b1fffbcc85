import type { ModelSlug, ProviderId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import { isTimeZone } from '../../domain/period.ts';
import type { UsageQuestion, UsageSelection } from '../../domain/usageReport.ts';
import type { QueryUsageArgs, UsageFilter as UsageFilterInput } from '../generated/schemaTypes.ts';
import type { IdType } from '../globalId.ts';
import { readGlobalId } from '../globalId.ts';
import { invalid, readList, readNumber, readText } from './check.ts';

const most = 100;
/** Rows and points are made in memory: ten years of hours are more than anybody reads. */
const longestRangeMs = 3660 * 86_400_000;

/** Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toUsageQuestion(args: QueryUsageArgs): Omit<UsageQuestion, 'filter'> & { readonly filter: UsageSelection } {
  const { from, to } = args.range;
  if (from >= to) throw invalid('range', '`from` must be before `to`.');
  if (to - from > longestRangeMs) throw invalid('range', 'must be at most ten years.');
  return {
    from,
    to,
    filter: toUsageFilter(args.filter),
    groupBy: [...new Set(args.groupBy ?? [])],
    bucket: args.bucket ?? null,
    timeZone: readTimeZone(args.timeZone, 'timeZone'),
    first: readNumber(args.first, 'first', { least: 1, most: 1000 }) ?? 100,
  };
}

export function toUsageFilter(input: UsageFilterInput | null | undefined): UsageSelection {
  return {
    teamIds: ids('Team', input?.teamIds, 'filter.teamIds'),
    userIds: ids('User', input?.userIds, 'filter.userIds'),
    apiKeyIds: ids('ApiKey', input?.apiKeyIds, 'filter.apiKeyIds'),
    models: list(input?.models, 'filter.models')?.map((slug) => toId<ModelSlug>(slug)) ?? null,
    providers: list(input?.providers, 'filter.providers')?.map(toProvider) ?? null,
    operations: list(input?.operations, 'filter.operations'),
    outcomes: list(input?.outcomes, 'filter.outcomes'),
    simulated: input?.simulated ?? null,
  };
}

/** UTC where none is given. Throws INVALID_REQUEST. */
export function readTimeZone(name: string | null | undefined, path: string): string {
  const zone = name ?? 'UTC';
  if (!isTimeZone(zone)) throw invalid(path, 'is no time zone; an IANA name is meant, such as "Europe/Berlin".');
  return zone;
}

function toProvider(slug: string, index: number): ProviderId {
  return toId<ProviderId>(readText(slug, `filter.providers[${index}]`, 200) ?? '');
}

function ids<Type extends IdType>(type: Type, texts: readonly string[] | null | undefined, path: string) {
  return list(texts, path)?.map((text, index) => readGlobalId(type, text, `${path}[${index}]`)) ?? null;
}

function list<Item>(items: readonly Item[] | null | undefined, path: string): readonly Item[] | null {
  return items === null || items === undefined ? null : readList(items, path, { most });
}
