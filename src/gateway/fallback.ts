import type { Attempt } from '../domain/attempt.ts';
import type { ErrorCode } from '../domain/errors.ts';
import { GatewayError } from '../domain/errors.ts';
import type { Route } from './router.ts';

/** After which failures another offer may serve. What stands in the request itself fails everywhere. */
const elsewhere: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'NO_ROUTE',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_REFUSED',
  'UPSTREAM_MALFORMED',
  'UNSUPPORTED_PARAMETER',
]);

/** Whether `next` may serve where `failed` did not. */
export function mayHelp(error: GatewayError, failed: Route, next: Route): boolean {
  if (error.code === 'CONTEXT_TOO_LONG') {
    const window = failed.offer.contextWindow;
    return window !== null && next.offer.contextWindow !== null && next.offer.contextWindow > window;
  }
  return elsewhere.has(error.code);
}

/** The error the caller sees: the only one there was, or what each offer said. */
export function finalError(error: GatewayError, attempts: readonly Attempt[]): GatewayError {
  if (attempts.length < 2 || !elsewhere.has(error.code)) return error;
  const said = attempts.map(({ offer, errorCode }) => `${offer}: ${errorCode ?? 'no error'}`);
  return new GatewayError('NO_ROUTE', 'Every offer that was tried has failed.', {
    cause: error,
    ...(error.retryAfterMs === null ? {} : { retryAfterMs: error.retryAfterMs }),
    details: { attempts: said },
  });
}
