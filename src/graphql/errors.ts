import { GraphQLError } from 'graphql';
import type { GatewayError } from '../domain/errors.ts';
import { errorTraits, toGatewayError } from '../domain/errors.ts';
import type { Log } from '../ports/log.ts';
import { toClientDetails } from './errorDetails.ts';

/** Whose answer an error goes into. */
export interface ErrorPlace {
  readonly requestId: string;
  readonly log: Log;
}

/** What a client may know of what was thrown while its operation ran. What nobody foresaw is masked, and its cause logged. */
export function toClientError(thrown: unknown, place: ErrorPlace): GraphQLError {
  const error = thrown instanceof GraphQLError ? thrown : null;
  if (error !== null && hasCode(error)) return error;
  if (error !== null && isRequestError(error)) return toRequestError(error, 'BAD_USER_INPUT');
  const cause = error === null ? thrown : (error.originalError ?? error);
  const known = toGatewayError(cause);
  if (known.cause !== undefined) {
    const fields = { requestId: place.requestId, path: error?.path?.join('.'), code: known.code, error: known.cause };
    // Nobody has to get up for what a caller did wrong, and anybody could fill the log with it.
    place.log[errorTraits[known.code].fault === 'caller' ? 'debug' : 'error']('A field failed.', fields);
  }
  return relocate(new GraphQLError(known.message, { path: error?.path ?? null, extensions: extensionsOf(known, place.requestId) }), error);
}

function extensionsOf(error: GatewayError, requestId: string): Record<string, unknown> {
  return { ...toClientDetails(error.details), code: error.code, retryable: error.retryable, retryAfterMs: error.retryAfterMs, requestId };
}

/** graphql-jit's errors have no extensions where GraphQL's have empty ones. */
function hasCode({ extensions }: { readonly extensions?: Readonly<Record<string, unknown>> }): boolean {
  return typeof extensions?.['code'] === 'string';
}

/**
 * An argument that only turns out not to hold when its variable is null: GraphQL finds it while it executes, and yet it is the request's fault.
 * No field of ours throws an error of GraphQL's.
 */
function isRequestError(error: GraphQLError): boolean {
  const { originalError } = error;
  return (originalError === undefined || originalError instanceof GraphQLError) && /^(Argument|Variable|Field) "/.test(error.message);
}

/** An error of GraphQL itself, under the code that GraphQL servers give it, without hints at what else the schema has and without the value that was given. */
export function toRequestError(error: GraphQLError, code: string): GraphQLError {
  const message = error.message
    .replace(/ ?Did you mean .*\?$/s, '')
    // GraphQL's own scalars repeat the value, which may be a prompt.
    .replace(/(cannot represent .*?value): .*$/s, '$1.');
  return relocate(new GraphQLError(message, { path: error.path ?? null, extensions: { code } }), error);
}

/** Keeps where in the document an error belongs: graphql-jit knows the place, but not the nodes that GraphQL would work it out from. */
function relocate(error: GraphQLError, from: GraphQLError | null): GraphQLError {
  if (from?.locations !== undefined) Object.defineProperty(error, 'locations', { value: from.locations, enumerable: true });
  return error;
}
