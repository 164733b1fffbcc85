import type { ErrorCode, ErrorDetails } from '../../domain/errors.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { AnswerHeaders } from '../wire/exchange.ts';
import type { Peer } from '../wire/failure.ts';
import { readCount, readList, readObject, readText, readWord } from '../wire/json.ts';
import { readRetryAfter } from '../wire/retryAfter.ts';
import type { Verdict } from './verdict.ts';
import { verdictOf } from './verdict.ts';

/** A refusal as the provider sent it: as an answer's status and body, or inside a stream that began well. */
export interface ProviderFault {
  readonly peer: Peer;
  /** 200 where the error came after the head. */
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** JSON; null where the body was none. Of it, only codes and the name of a parameter get into the error. */
  readonly body: unknown;
  readonly nowMs: number;
}

const sentences: Readonly<Record<Verdict, string>> = {
  keyRefused: 'refused its key: check its key in the configuration',
  quotaSpent: 'refuses further calls: the credit or spending limit of its account is used up',
  refused: 'refused the call',
  notFound: 'does not know the model or has no such address',
  redirected: 'answered with a redirect, which is not followed: check its base URL',
  contextTooLong: 'refused the prompt: it is longer than the context window of the model',
  tooLarge: 'refused the request: its body is too large',
  contentFiltered: 'refused the prompt by its content policy',
  invalid: 'refused the request as invalid',
  rateLimited: 'takes no more calls at the moment: its rate limit is reached',
  timedOut: 'gave up on the call: it took too long',
  unavailable: 'could not answer: it failed on its side',
};

const codes: Readonly<Record<Verdict, ErrorCode>> = {
  keyRefused: 'UPSTREAM_REFUSED',
  quotaSpent: 'UPSTREAM_REFUSED',
  refused: 'UPSTREAM_REFUSED',
  notFound: 'UPSTREAM_REFUSED',
  redirected: 'UPSTREAM_REFUSED',
  contextTooLong: 'CONTEXT_TOO_LONG',
  tooLarge: 'PAYLOAD_TOO_LARGE',
  contentFiltered: 'CONTENT_FILTERED',
  invalid: 'INVALID_REQUEST',
  rateLimited: 'UPSTREAM_RATE_LIMITED',
  timedOut: 'UPSTREAM_TIMEOUT',
  unavailable: 'UPSTREAM_UNAVAILABLE',
};

export function toProviderError({ peer, status, headers, body, nowMs }: ProviderFault): GatewayError {
  const said = readFault(body);
  const verdict = verdictOf({ ...said, status: status >= 300 ? status : (said.status ?? status) });
  const retryAfterMs =
    verdict === 'rateLimited' || verdict === 'unavailable' ? readRetryAfter({ headers, body: firstOf(body), nowMs }) : null;
  const details: ErrorDetails = {
    provider: peer.id,
    status: said.status ?? status,
    ...(verdict === 'quotaSpent' ? { reason: 'QUOTA_SPENT' } : {}),
    ...(said.parameter === null ? {} : { parameter: said.parameter }),
  };
  const about = verdict === 'invalid' && said.parameter !== null ? ` (parameter ${said.parameter})` : '';
  return new GatewayError(codes[verdict], `${peer.name} ${sentences[verdict]}${about}.`, {
    details,
    ...(said.codes.length > 0 ? { cause: `The provider's code: ${said.codes.join(', ')}` } : {}),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  });
}

/** Whether a piece of an answer is an error instead. */
export function isFault(value: JsonObject): boolean {
  return (value['error'] !== undefined && value['error'] !== null) || value['object'] === 'error';
}

interface Said {
  /** A status written into the body. */
  readonly status: number | null;
  readonly codes: readonly string[];
  readonly parameter: string | null;
  /** Only to be matched, never to be shown. */
  readonly message: string;
}

/**
 * Bodies seen: `{ error: { message, type, param, code } }` (most), `{ error: "…" }`, `{ object: "error", message, type, code }` (Mistral, vLLM), a list of
 * one (Google), `{ detail: [{ loc }] }` (FastAPI).
 */
function readFault(body: unknown): Said {
  const outer = readObject(firstOf(body)) ?? {};
  const error = readObject(outer['error']) ?? outer;
  const names = [error['code'], error['type'], error['status'], readObject(error['innererror'])?.['code'], outer['code'], outer['type']];
  const numbers = [error['code'], error['status'], outer['code'], Number(readText(error['code']) ?? Number.NaN)].map(readCount);
  return {
    status: numbers.find((number) => number !== null && number >= 400 && number < 600) ?? null,
    codes: [...new Set(names.map(asName).filter((name) => name !== null))],
    parameter: asName(error['param']) ?? locationOf(outer['detail']),
    message: readText(error['message']) ?? readText(outer['error']) ?? readText(outer['message']) ?? readText(outer['detail']) ?? '',
  };
}

function firstOf(body: unknown): unknown {
  return Array.isArray(body) ? body[0] : body;
}

/** A provider may write anything where a name belongs, the prompt included: only what looks like a name is kept. */
function asName(value: unknown): string | null {
  const word = readWord(value);
  return word !== null && /^[\w.[\]-]{1,64}$/.test(word) && !/^\d+$/.test(word) ? word : null;
}

function locationOf(detail: unknown): string | null {
  const first = readList(detail)[0];
  return isJsonObject(first) ? asName(readList(first['loc']).at(-1)) : null;
}
