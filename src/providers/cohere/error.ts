import type { GatewayError } from '../../domain/errors.ts';
import { readObject, readText, readWord } from '../wire/json.ts';
import { readRetryAfter } from '../wire/retryAfter.ts';
import type { ProviderFault, Verdict } from '../wire/verdict.ts';
import { toRefusal, verdictByStatus } from '../wire/verdict.ts';

/** https://docs.cohere.com/reference/errors; there are no codes, only sentences. */
const byStatus: Readonly<Record<number, Verdict>> = { 498: 'contentFiltered' };
const sentences: readonly (readonly [number, RegExp, Verdict])[] = [
  [400, /too many tokens|maximum context|context length/i, 'contextTooLong'],
  [429, /calls? ?\/ ?month|trial key.*month|billing/i, 'quotaSpent'],
];

export function toProviderError({ peer, status, headers, body, nowMs }: ProviderFault): GatewayError {
  const said = readObject(body);
  const message = readText(said?.['message']) ?? '';
  const told = sentences.find(([at, pattern]) => at === status && pattern.test(message))?.[2];
  return toRefusal({
    peer,
    verdict: told ?? byStatus[status] ?? verdictByStatus(status) ?? 'unavailable',
    status,
    codes: [],
    parameter: null,
    providerRequestId: readWord(said?.['id']),
    retryAfterMs: readRetryAfter({ headers, body, nowMs }),
  });
}
