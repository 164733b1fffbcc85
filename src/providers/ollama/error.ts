import type { GatewayError } from '../../domain/errors.ts';
import { readObject, readText } from '../wire/json.ts';
import { readRetryAfter } from '../wire/retryAfter.ts';
import type { ProviderFault, Verdict } from '../wire/verdict.ts';
import { toRefusal, verdictByStatus } from '../wire/verdict.ts';

/** There are no codes, only `{ error: "…" }`: https://docs.ollama.com/api/errors */
const sentences: readonly (readonly [RegExp, Verdict])[] = [
  [/exceeds? .*context|context (?:length|window|size)/i, 'contextTooLong'],
  [/not found/i, 'notFound'],
  [/does not support/i, 'invalid'],
];

export function toProviderError({ peer, status, headers, body, nowMs }: ProviderFault): GatewayError {
  const message = readText(readObject(body)?.['error']) ?? '';
  const told = sentences.find(([pattern]) => pattern.test(message))?.[1];
  const byStatus = verdictByStatus(status);
  return toRefusal({
    peer,
    verdict: byStatus === undefined || byStatus === 'invalid' ? (told ?? byStatus ?? 'unavailable') : byStatus,
    status,
    codes: [],
    parameter: null,
    providerRequestId: null,
    retryAfterMs: readRetryAfter({ headers, body, nowMs }),
  });
}
