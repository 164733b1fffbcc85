import type { Attempt } from '../domain/attempt.ts';
import type { ErrorCode } from '../domain/errors.ts';
import { GatewayError, isCredentialFault } from '../domain/errors.ts';
import type { Route } from './router.ts';

/** What helps after a failure. A code without a row is final: what stands in the request itself fails everywhere. */
interface Remedy {
  /** Which other offers may serve: any, or only those that read more. */
  readonly elsewhere: 'ANY' | 'LARGER';
  /** How often the same offer is asked again, after a wait, where no other is left. ALWAYS: as often as the call may try. */
  readonly again: 'NEVER' | 'ONCE' | 'ALWAYS';
}

const remedies: Partial<Record<ErrorCode, Remedy>> = {
  NO_ROUTE: { elsewhere: 'ANY', again: 'NEVER' },
  UPSTREAM_RATE_LIMITED: { elsewhere: 'ANY', again: 'ALWAYS' },
  UPSTREAM_UNAVAILABLE: { elsewhere: 'ANY', again: 'ONCE' },
  // Who was silent once has cost the whole limit already.
  UPSTREAM_TIMEOUT: { elsewhere: 'ANY', again: 'NEVER' },
  UPSTREAM_REFUSED: { elsewhere: 'ANY', again: 'NEVER' },
  UPSTREAM_MALFORMED: { elsewhere: 'ANY', again: 'ONCE' },
  UNSUPPORTED_PARAMETER: { elsewhere: 'ANY', again: 'NEVER' },
  CONTEXT_TOO_LONG: { elsewhere: 'LARGER', again: 'NEVER' },
};

/** Whether `next`, another offer, may serve where `failed` did not. */
export function mayHelp(error: GatewayError, failed: Route, next: Route): boolean {
  const remedy = remedies[error.code];
  if (remedy === undefined) return false;
  if (isCredentialFault(error) && next.offer.provider === failed.offer.provider) return false;
  return remedy.elsewhere === 'ANY' || readsMore(failed, next);
}

/** How often in all an offer may be asked that fails like this. */
export function mostTries(error: GatewayError): number {
  const again = remedies[error.code]?.again ?? 'NEVER';
  return { NEVER: 1, ONCE: 2, ALWAYS: Number.POSITIVE_INFINITY }[again];
}

/** Of the same model only what is known to be larger; of another one all that is not known to be as small. */
function readsMore(failed: Route, next: Route): boolean {
  const [before, after] = [failed.offer.contextWindow, next.offer.contextWindow];
  if (before === null || after === null) return failed.model.slug !== next.model.slug;
  return after > before;
}

/** Where the provider does not say how long to wait: twice as long each time, less up to a half at random, so that callers come back apart. */
export function waitBefore(error: GatewayError, tries: number, { backoffMs, draw }: Waiting): number {
  const { retryAfterMs } = error;
  const backoff = backoffMs * 2 ** (tries - 1);
  // Not before what was asked for, and not all at that moment.
  return retryAfterMs === null ? backoff * (1 - draw() / 2) : retryAfterMs + (Math.min(retryAfterMs, backoff) * draw()) / 2;
}

export interface Waiting {
  /** The first wait, in milliseconds. */
  readonly backoffMs: number;
  /** A number from 0 to below 1. */
  readonly draw: () => number;
}

/** The error the caller sees: that of the only offer there was, or what each one said. */
export function finalError(error: GatewayError, attempts: readonly Attempt[]): GatewayError {
  const offers = new Set(attempts.map(({ offer }) => offer));
  // Whom the gateway itself has left did not fail: the error says why.
  const left = attempts.at(-1)?.outcome === 'CANCELLED';
  if (left || offers.size < 2 || remedies[error.code]?.elsewhere !== 'ANY') return error;
  const said = attempts.map(({ offer, errorCode }) => `${offer}: ${errorCode ?? 'no error'}`);
  return new GatewayError('NO_ROUTE', 'Every offer that was tried has failed.', {
    cause: error,
    ...(error.retryAfterMs === null ? {} : { retryAfterMs: error.retryAfterMs }),
    details: { attempts: said },
  });
}
