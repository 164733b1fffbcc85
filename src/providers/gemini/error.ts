import type { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import { lookUp, readCount, readList, readObject, readText } from '../wire/json.ts';
import { readRetryAfter } from '../wire/retryAfter.ts';
import type { ProviderFault, Verdict } from '../wire/verdict.ts';
import { asName, toRefusal, verdictByStatus } from '../wire/verdict.ts';

/** `error.status`, https://ai.google.dev/gemini-api/docs/troubleshooting */
const byName: Readonly<Record<string, Verdict>> = {
  INVALID_ARGUMENT: 'invalid',
  // Of many kinds: a free tier that a country does not have, a project without billing, a policy.
  FAILED_PRECONDITION: 'refused',
  UNAUTHENTICATED: 'keyRefused',
  PERMISSION_DENIED: 'keyRefused',
  NOT_FOUND: 'notFound',
  RESOURCE_EXHAUSTED: 'rateLimited',
  INTERNAL: 'unavailable',
  UNAVAILABLE: 'unavailable',
  DEADLINE_EXCEEDED: 'timedOut',
  CANCELLED: 'unavailable',
};

/** `error.details[].reason` says more than the status: a wrong key is an INVALID_ARGUMENT. */
const byReason: Readonly<Record<string, Verdict>> = {
  API_KEY_INVALID: 'keyRefused',
  API_KEY_EXPIRED: 'keyRefused',
  BILLING_DISABLED: 'quotaSpent',
  CONSUMER_SUSPENDED: 'quotaSpent',
};

const contextSentence = /input token count .* exceeds the maximum|exceeds the maximum number of tokens/i;

export function toProviderError({ peer, status, headers, body, nowMs }: ProviderFault): GatewayError {
  // A stream may answer with a list of one.
  const outer = readObject(Array.isArray(body) ? body[0] : body);
  const error = readObject(outer?.['error']) ?? {};
  const name = asName(error['status']);
  const reasons = readList(error['details']).flatMap((detail) => asName(readObject(detail)?.['reason']) ?? []);
  return toRefusal({
    peer,
    verdict: verdictOf(status >= 300 ? status : (readCount(error['code']) ?? status), error, reasons),
    status: readCount(error['code']) ?? status,
    codes: [...(name === null ? [] : [name]), ...reasons],
    parameter: null,
    providerRequestId: null,
    retryAfterMs: readRetryAfter({ headers, body: outer, nowMs }),
  });
}

function verdictOf(status: number, error: JsonObject, reasons: readonly string[]): Verdict {
  const told = reasons.map((reason) => lookUp(byReason, reason)).find((verdict) => verdict !== undefined);
  if (told !== undefined) return told;
  const verdict = lookUp(byName, readText(error['status']) ?? '') ?? verdictByStatus(status) ?? 'unavailable';
  if (verdict === 'invalid' && contextSentence.test(readText(error['message']) ?? '')) return 'contextTooLong';
  return verdict === 'rateLimited' && isSpent(error) ? 'quotaSpent' : verdict;
}

/** A limit of nothing: the plan of the account does not have this model at all, and waiting does not change that. */
function isSpent(error: JsonObject): boolean {
  const violations = readList(error['details']).flatMap((detail) => readList(readObject(detail)?.['violations']));
  return violations.some((violation) => readObject(violation)?.['quotaValue'] === '0');
}

/**
 * Why no token is given for a service account's key: `{ error: "invalid_grant" }`, https://www.rfc-editor.org/rfc/rfc6749#section-5.2. It is the key's
 * fault, never the caller's.
 */
export function toTokenRefusal({ peer, status, headers, body, nowMs }: ProviderFault): GatewayError {
  const code = asName(readObject(body)?.['error']);
  const verdict = verdictByStatus(status) ?? 'unavailable';
  return toRefusal({
    peer,
    verdict: verdict === 'invalid' || verdict === 'refused' ? 'keyRefused' : verdict,
    status,
    codes: code === null ? [] : [code],
    parameter: null,
    providerRequestId: null,
    retryAfterMs: readRetryAfter({ headers, body, nowMs }),
  });
}

/** Whether a piece of an answer is an error instead. */
export function isFault(value: JsonObject): boolean {
  return isJsonObject(value['error']);
}
