import type { ExecutionResult } from 'graphql';
import type { ErrorCode } from '../domain/errors.ts';
import { errorTraits } from '../domain/errors.ts';

/**
 * The status of an answer that the graph gave (GraphQL over HTTP, section 6.4): clients of the older media type read errors from the body alone.
 * Data whose every field is null answers nothing and counts as none, so that a refused operation has the refusal's status.
 */
export function statusOf(result: ExecutionResult, mediaType: string): number {
  if (!mediaType.startsWith('application/graphql-response+json')) return 200;
  const [error] = result.errors ?? [];
  if (error === undefined || Object.values(result.data ?? {}).some((field) => field !== null)) return 200;
  const code = error.extensions['code'];
  if (isErrorCode(code)) return errorTraits[code].httpStatus;
  return 400;
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorTraits, code);
}
