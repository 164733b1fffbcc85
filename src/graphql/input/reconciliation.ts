import type { ProviderId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import type { BillColumns } from '../../domain/providerBill.ts';
import type { NewProviderBill, ReconciliationQuestion } from '../../gateway/costService.ts';
import type { ImportProviderCostsInput, QueryReconciliationArgs } from '../generated/schemaTypes.ts';
import { invalid, readNumber, readText } from './check.ts';
import { readTimeZone } from './usage.ts';

const longestRangeDays = 366;
const dayMs = 86_400_000;

/** Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toReconciliationQuestion(args: QueryReconciliationArgs): ReconciliationQuestion & { readonly first: number } {
  const { from, to } = args.range;
  if (from > to) throw invalid('range', '`from` must not be after `to`.');
  if (Date.parse(to) - Date.parse(from) >= longestRangeDays * dayMs) throw invalid('range', `must be at most ${longestRangeDays} days.`);
  return {
    provider: readProvider(args.provider, 'provider'),
    from,
    to,
    groupBy: args.groupBy ?? ['DAY', 'MODEL'],
    timeZone: readTimeZone(args.timeZone, 'timeZone'),
    first: readNumber(args.first, 'first', { least: 1, most: 10_000 }) ?? 1000,
  };
}

/** Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toProviderBill({ provider, csv, mapping }: ImportProviderCostsInput): NewProviderBill {
  const column = (name: keyof BillColumns) => readText(mapping[name], `input.mapping.${name}`, 200);
  const [day, amount] = [column('day'), column('amount')];
  if (day === null || amount === null) throw invalid('input.mapping', 'must name the columns of the day and of the amount.');
  return {
    provider: readProvider(provider, 'input.provider'),
    csv,
    columns: {
      day,
      amount,
      model: column('model'),
      currency: column('currency'),
      key: column('key'),
      inputTokens: column('inputTokens'),
      outputTokens: column('outputTokens'),
    },
  };
}

function readProvider(slug: string, path: string): ProviderId {
  return toId<ProviderId>(readText(slug, path, 200) ?? '');
}
