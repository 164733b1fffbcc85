import type { GatewayError } from '../../domain/errors.ts';
import { headerValue } from '../wire/body.ts';
import { lookUp, readObject, readText, readWord } from '../wire/json.ts';
import { readRetryAfter } from '../wire/retryAfter.ts';
import type { ProviderFault, Verdict } from '../wire/verdict.ts';
import { asName, toRefusal, verdictByStatus } from '../wire/verdict.ts';

/** A refusal, or an exception inside a stream that began well. */
export interface ServiceFault extends ProviderFault {
  /** The exception's name where it came in a frame. */
  readonly exception?: string;
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html */
const byName: Readonly<Record<string, Verdict>> = {
  accessdeniedexception: 'keyRefused',
  unrecognizedclientexception: 'keyRefused',
  invalidsignatureexception: 'keyRefused',
  expiredtokenexception: 'keyRefused',
  incompletesignature: 'keyRefused',
  validationexception: 'invalid',
  resourcenotfoundexception: 'notFound',
  throttlingexception: 'rateLimited',
  servicequotaexceededexception: 'quotaSpent',
  modelnotreadyexception: 'unavailable',
  modeltimeoutexception: 'timedOut',
  modelerrorexception: 'unavailable',
  modelstreamerrorexception: 'unavailable',
  internalserverexception: 'unavailable',
  serviceunavailableexception: 'unavailable',
};

const contextSentence = /input is too long|too many input tokens|prompt is too long|context (?:length|window|limit)/i;

export function toProviderError({ peer, status, headers, body, nowMs, exception }: ServiceFault): GatewayError {
  const said = readObject(body);
  // `ThrottlingException:http://internal.amazon.com/coral/…`
  const type = exception ?? headerValue(headers, 'x-amzn-errortype') ?? readWord(said?.['__type']) ?? '';
  const name = asName(type.split(':', 1)[0]?.split('#').at(-1)) ?? null;
  const verdict = lookUp(byName, (name ?? '').toLowerCase()) ?? verdictByStatus(status) ?? 'unavailable';
  const message = readText(said?.['message']) ?? readText(said?.['Message']) ?? '';
  return toRefusal({
    peer,
    verdict: verdict === 'invalid' && contextSentence.test(message) ? 'contextTooLong' : verdict,
    status,
    codes: name === null ? [] : [name],
    parameter: null,
    providerRequestId: headerValue(headers, 'x-amzn-requestid'),
    retryAfterMs: readRetryAfter({ headers, body, nowMs }),
  });
}
