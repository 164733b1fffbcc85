import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed, toConnectionError } from '../wire/failure.ts';
import { readCount, readObject, readText } from '../wire/json.ts';
import { verdictOf } from '../wire/openaiVerdict.ts';
import { readRetryAfter } from '../wire/retryAfter.ts';
import type { Verdict } from '../wire/verdict.ts';
import { asName, toRefusal } from '../wire/verdict.ts';

export interface ErrorTools {
  readonly peer: Peer;
  readonly nowMs: number;
}

/** A longer body is not searched for codes. */
const bodyLimit = 64 * 1024;

/**
 * What a package threw, or handed on as an error. Errors of the AI SDK are told by their names, because each package may bring its own copy of their
 * classes; an answer's by its status, its headers and the codes in its body. Messages are not read: they may hold anything.
 */
export function toProviderError(thrown: unknown, tools: ErrorTools): GatewayError {
  const own = ownError(thrown);
  if (own !== null) return own;
  const { peer } = tools;
  const name = thrown instanceof Error ? thrown.name : '';
  if (name === 'AI_APICallError') return toCallError(new Map(Object.entries(thrown ?? {})), tools);
  if (malformedNames.has(name)) return malformed(peer, 'sent an answer that its package cannot read', name);
  const made = sdkErrors[name];
  if (made !== undefined)
    return new GatewayError(made.code, `${peer.name} ${made.sentence}.`, { cause: name, details: { provider: peer.id } });
  if (thrown instanceof TypeError && thrown.cause !== undefined) return toConnectionError(thrown.cause, peer, 'sent');
  // What a stream says of its failure: the provider's own object.
  if (isJsonObject(thrown) && !(thrown instanceof Error)) return refusalOf({ status: 200, headers: {}, body: { error: thrown } }, tools);
  return malformed(peer, 'cannot be understood: its package failed', asName(name) ?? typeof thrown);
}

/** An error of ours comes back as it is, or wrapped. */
function ownError(thrown: unknown): GatewayError | null {
  for (let error = thrown, depth = 0; depth < 5 && error instanceof Error; error = error.cause, depth++) {
    if (error instanceof GatewayError) return error;
  }
  return null;
}

/** https://github.com/vercel/ai/tree/main/packages/provider/src/errors */
const malformedNames = new Set([
  'AI_JSONParseError',
  'AI_TypeValidationError',
  'AI_InvalidResponseDataError',
  'AI_EmptyResponseBodyError',
  'AI_NoContentGeneratedError',
]);

const sdkErrors: Readonly<
  Record<string, { readonly code: 'INVALID_REQUEST' | 'UNSUPPORTED_PARAMETER' | 'UPSTREAM_REFUSED'; readonly sentence: string }>
> = {
  AI_UnsupportedFunctionalityError: { code: 'UNSUPPORTED_PARAMETER', sentence: 'does not take a part of this call, says its package' },
  AI_InvalidPromptError: { code: 'INVALID_REQUEST', sentence: 'does not take these messages, says its package' },
  AI_InvalidArgumentError: { code: 'INVALID_REQUEST', sentence: 'does not take a parameter of this call, says its package' },
  AI_TooManyEmbeddingValuesForCallError: { code: 'INVALID_REQUEST', sentence: 'does not take so many texts at once' },
  AI_NoSuchModelError: { code: 'UPSTREAM_REFUSED', sentence: 'has no model of this kind in its package' },
  AI_LoadAPIKeyError: { code: 'UPSTREAM_REFUSED', sentence: 'cannot be asked: its package has no key' },
  AI_LoadSettingError: { code: 'UPSTREAM_REFUSED', sentence: 'cannot be asked: its package lacks a setting' },
};

/** An answer that was none: what the class `APICallError` keeps of it. */
function toCallError(fields: ReadonlyMap<string, unknown>, tools: ErrorTools): GatewayError {
  const status = readCount(fields.get('statusCode'));
  const headers = readObject(fields.get('responseHeaders')) ?? {};
  const body = parseBody(readText(fields.get('responseBody')) ?? '') ?? fields.get('data');
  const cause = fields.get('cause');
  // Never came to an answer.
  if (status === null) return toConnectionError(cause, tools.peer, 'sent');
  const codes = codesIn(body);
  if (status < 300 && codes.length === 0 && errorIn(body) === null)
    return malformed(tools.peer, 'sent an answer that its package cannot read');
  return refusalOf({ status, headers, body }, tools);
}

interface RefusedAnswer {
  readonly status: number;
  readonly headers: JsonObject;
  readonly body: unknown;
}

function refusalOf({ status, headers, body }: RefusedAnswer, { peer, nowMs }: ErrorTools): GatewayError {
  const codes = codesIn(body);
  const said = statusIn(body);
  const known = Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  const verdict: Verdict = verdictOf({ status: said ?? status, codes, message: '' });
  return toRefusal({
    peer,
    verdict,
    status: said ?? status,
    codes,
    parameter: asName(errorIn(body)?.['param']),
    providerRequestId: asName(known['x-request-id']) ?? asName(known['request-id']),
    retryAfterMs: readRetryAfter({ headers: known, body, nowMs }),
  });
}

function parseBody(text: string): unknown {
  if (text === '' || text.length > bodyLimit) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Most providers have an object `error`, some say it all at the top. */
function errorIn(body: unknown): JsonObject | null {
  return readObject(readObject(body)?.['error']);
}

function codesIn(body: unknown): readonly string[] {
  const places = [errorIn(body), readObject(body)];
  const words = places.flatMap((place) => [place?.['code'], place?.['type'], place?.['status']]).map(asName);
  return [...new Set(words.filter((word) => word !== null))].filter((word) => word !== 'error');
}

/** In the middle of a stream the status stands in the error itself. */
function statusIn(body: unknown): number | null {
  const code = readCount(errorIn(body)?.['code']) ?? readCount(errorIn(body)?.['status']);
  return code !== null && code >= 400 && code < 600 ? code : null;
}
