import { GatewayError } from '../domain/errors.ts';
import type { ApiKeyId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import { isTimeZone } from '../domain/period.ts';
import { holdsScopes } from '../domain/principal.ts';
import type { UsageBucket, UsageFilter } from '../domain/usageReport.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { UsageStore } from '../ports/store.ts';
import type { Caller, UsageService } from './gateway.ts';

const bucketMs: Record<UsageBucket, number> = { HOUR: 3_600_000, DAY: 86_400_000, WEEK: 604_800_000, MONTH: 2_419_200_000 };
/** Points a row; a year of days, or two months of hours, is fine. */
const mostPoints = 1500;
const mostRows = 1000;

export function createUsage(store: UsageStore, ledger: Ledger): UsageService {
  return {
    async report(caller, { filter, ...question }) {
      check(question);
      await ledger.flush();
      return store.report({ ...question, filter: ownScope(caller, filter) });
    },
  };
}

/** Narrows a question to what the caller may see: its organization, or its own key. */
export function ownScope({ principal }: Caller, filter: Omit<UsageFilter, 'organizationId'>): UsageFilter {
  const { organizationId, apiKeyId } = principal;
  if (holdsScopes(principal, ['USAGE_READ_ALL'])) return { ...filter, organizationId };
  const foreign = filter.apiKeyIds?.some((id) => id !== apiKeyId) ?? false;
  return { ...filter, organizationId, apiKeyIds: foreign ? nobody(filter.apiKeyIds ?? [], apiKeyId) : [apiKeyId] };
}

/** Other keys are left out of the question, without a word about whether they exist. */
function nobody(asked: readonly ApiKeyId[], own: ApiKeyId): readonly ApiKeyId[] {
  return asked.includes(own) ? [own] : [toId<ApiKeyId>('00000000-0000-0000-0000-000000000000')];
}

function check({
  from,
  to,
  bucket,
  timeZone,
  first,
}: {
  readonly from: number;
  readonly to: number;
  readonly bucket: UsageBucket | null;
  readonly timeZone: string;
  readonly first: number;
}): void {
  if (!(from < to)) throw new GatewayError('INVALID_REQUEST', 'The range must begin before it ends.');
  if (!isTimeZone(timeZone))
    throw new GatewayError('INVALID_REQUEST', 'The time zone is not known; use an IANA name, for instance Europe/Berlin.');
  if (first < 1 || first > mostRows) throw new GatewayError('INVALID_REQUEST', `\`first\` must be 1 to ${mostRows}.`);
  if (bucket !== null && (to - from) / bucketMs[bucket] > mostPoints) {
    throw new GatewayError('INVALID_REQUEST', `The range has more than ${mostPoints} buckets; narrow the range or take a wider bucket.`);
  }
}
