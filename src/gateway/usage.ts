import { GatewayError } from '../domain/errors.ts';
import { isTimeZone } from '../domain/period.ts';
import type { Principal } from '../domain/principal.ts';
import { holdsScopes } from '../domain/principal.ts';
import type { UsageEvent } from '../domain/usageEvent.ts';
import type { UsageBucket, UsageFilter, UsageSelection } from '../domain/usageReport.ts';
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

/** Narrows a question to what the caller may see: its organization, or what is its own. */
export function ownScope({ principal }: Caller, selection: UsageSelection): UsageFilter {
  const filter = { ...selection, organizationId: principal.organizationId, holders: null };
  if (holdsScopes(principal, ['USAGE_READ_ALL'])) return filter;
  const { apiKeyIds, userIds, holders } = ownCalls(principal);
  return { ...filter, holders, apiKeyIds: narrow(filter.apiKeyIds, apiKeyIds), userIds: narrow(filter.userIds, userIds) };
}

/** Whether a call of the caller's organization would be counted for it. */
export function maySeeUsage({ principal }: Caller, { apiKeyId, userId, holder }: UsageEvent): boolean {
  if (holdsScopes(principal, ['USAGE_READ_ALL'])) return true;
  const own = ownCalls(principal);
  return isAmong(own.apiKeyIds, apiKeyId) && isAmong(own.userIds, userId) && isAmong(own.holders, holder);
}

/** Of a key the calls under it, of a user those made for it, of a client token those of its user under its key, or where it has none its own. */
function ownCalls({ kind, apiKeyId, userId, holder }: Principal): Pick<UsageFilter, 'apiKeyIds' | 'userIds' | 'holders'> {
  const ofKey = apiKeyId === null ? [] : [apiKeyId];
  const ofUser = userId === null ? [] : [userId];
  switch (kind) {
    case 'API_KEY':
      return { apiKeyIds: ofKey, userIds: null, holders: null };
    case 'USER':
      return { apiKeyIds: null, userIds: ofUser, holders: null };
    case 'CLIENT_TOKEN':
      return { apiKeyIds: ofKey, userIds: userId === null ? null : ofUser, holders: userId === null ? [holder] : null };
    default:
      return kind satisfies never;
  }
}

/** What is not the caller's is left out of the question, without a word about whether it exists. Null: whatever it is. */
function narrow<Id>(asked: readonly Id[] | null, own: readonly Id[] | null): readonly Id[] | null {
  return own === null ? asked : own.filter((id) => isAmong(asked, id));
}

function isAmong<Id>(ids: readonly Id[] | null, id: Id | null): boolean {
  return ids === null || (id !== null && ids.includes(id));
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
