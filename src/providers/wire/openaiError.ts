import type { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import { headerValue } from './body.ts';
import { readCount, readList, readObject, readText, readWord } from './json.ts';
import { verdictOf } from './openaiVerdict.ts';
import { readRetryAfter } from './retryAfter.ts';
import type { ProviderFault } from './verdict.ts';
import { asName, toRefusal } from './verdict.ts';

export function toProviderError({ peer, status, headers, body, nowMs }: ProviderFault): GatewayError {
  const said = readFault(body);
  return toRefusal({
    peer,
    verdict: verdictOf({ ...said, status: status >= 300 ? status : (said.status ?? status) }),
    status: said.status ?? status,
    codes: said.codes,
    parameter: said.parameter,
    providerRequestId: readWord(headerValue(headers, 'x-request-id')),
    retryAfterMs: readRetryAfter({ headers, body: firstOf(body), nowMs }),
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

function locationOf(detail: unknown): string | null {
  const first = readList(detail)[0];
  return isJsonObject(first) ? asName(readList(first['loc']).at(-1)) : null;
}
