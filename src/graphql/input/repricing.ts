import type { OrganizationId } from '../../domain/id.ts';
import type { RepricingBasis, RepricingQuestion } from '../../domain/repricing.ts';
import type { QueryUsageRepricedArgs } from '../generated/schemaTypes.ts';
import { invalid, readNumber } from './check.ts';
import { readOrganization } from './organization.ts';

const longestRangeMs = 367 * 86_400_000;

/** Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toRepricingQuestion(
  args: QueryUsageRepricedArgs,
): Omit<RepricingQuestion, 'prices'> & { readonly basis: RepricingBasis; readonly organizationId: OrganizationId | null } {
  const { from, to } = args.range;
  if (from >= to) throw invalid('range', '`from` must be before `to`.');
  if (to - from > longestRangeMs) throw invalid('range', 'must be at most a year and a day.');
  return {
    from,
    to,
    basis: args.prices ?? 'CURRENT',
    organizationId: readOrganization(args.organizationId, 'organizationId'),
    first: readNumber(args.first, 'first', { least: 1, most: 1000 }) ?? 100,
  };
}
