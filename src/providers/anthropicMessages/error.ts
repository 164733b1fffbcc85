import type { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { headerValue } from '../wire/body.ts';
import { lookUp, readObject, readText, readWord } from '../wire/json.ts';
import { readRetryAfter } from '../wire/retryAfter.ts';
import type { ProviderFault, Verdict } from '../wire/verdict.ts';
import { asName, toRefusal, verdictByStatus } from '../wire/verdict.ts';

/** `error.type`, https://platform.claude.com/docs/en/api/errors */
const byType: Readonly<Record<string, Verdict>> = {
  invalid_request_error: 'invalid',
  authentication_error: 'keyRefused',
  billing_error: 'quotaSpent',
  permission_error: 'refused',
  not_found_error: 'notFound',
  request_too_large: 'tooLarge',
  rate_limit_error: 'rateLimited',
  timeout_error: 'timedOut',
  api_error: 'unavailable',
  overloaded_error: 'unavailable',
};

/** There is no code for these, only the sentence. */
const sentences: readonly (readonly [RegExp, Verdict])[] = [
  [/prompt is too long|exceeds? the (?:context|maximum)|context (?:window|limit|size)/i, 'contextTooLong'],
  [/credit balance is too low/i, 'quotaSpent'],
];

export function toProviderError({ peer, status, headers, body, nowMs }: ProviderFault): GatewayError {
  const error = readObject(readObject(body)?.['error']);
  const type = asName(error?.['type']);
  return toRefusal({
    peer,
    verdict: verdictOf(status, error),
    status,
    codes: type === null ? [] : [type],
    parameter: null,
    providerRequestId: readWord(readObject(body)?.['request_id']) ?? headerValue(headers, 'request-id'),
    retryAfterMs: readRetryAfter({ headers, body, nowMs }),
  });
}

function verdictOf(status: number, error: JsonObject | null): Verdict {
  const message = readText(error?.['message']) ?? '';
  // A limit that the account's owner set: waiting does not lift it.
  const code = readWord(readObject(error?.['details'])?.['error_code']) ?? message;
  if (code.includes('enforced_spend_limit_reached')) return 'quotaSpent';
  const verdict = lookUp(byType, readWord(error?.['type']) ?? '') ?? verdictByStatus(status) ?? 'unavailable';
  const told = sentences.find(([pattern]) => pattern.test(message))?.[1];
  return verdict === 'invalid' || verdict === 'tooLarge' ? (told ?? verdict) : verdict;
}

/** Whether a piece of an answer is an error instead. */
export function isFault(value: JsonObject): boolean {
  return value['type'] === 'error' || (value['error'] !== undefined && value['error'] !== null);
}
