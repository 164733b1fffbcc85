import type { ErrorCode } from '../../domain/errors.ts';
import { GatewayError } from '../../domain/errors.ts';

/**
 * How a fault shows. `refuse`: an error in place of an answer. `silence`: no answer at all, until the caller leaves.
 * `slow`: the first token comes after `delayMs`. `break`: an error after `after` tokens. `stall`: nothing more after `after` tokens,
 * until the caller leaves. `overlong`: twice the tokens that were allowed. `unended`: whole, but for the formal end of the stream.
 */
export type Fault =
  | { readonly kind: 'refuse'; readonly code: ErrorCode; readonly sentence: string; readonly withDelay: boolean }
  | { readonly kind: 'break'; readonly code: ErrorCode; readonly sentence: string }
  | { readonly kind: 'silence' | 'slow' | 'stall' | 'overlong' | 'unended' };

/** Codes and sentences are those with which an adapter of a real wire format reports the same accident. */
export const faults = {
  rate_limited: refuse('UPSTREAM_RATE_LIMITED', 'The sandbox limits its rate (simulated status 429).', true),
  rate_limited_no_delay: refuse(
    'UPSTREAM_RATE_LIMITED',
    'The sandbox limits its rate and does not say for how long (simulated status 429).',
  ),
  server_error: refuse('UPSTREAM_UNAVAILABLE', 'The sandbox failed inside (simulated status 500).'),
  unavailable: refuse('UPSTREAM_UNAVAILABLE', 'The sandbox is not available (simulated status 503).'),
  reset: refuse('UPSTREAM_UNAVAILABLE', 'The sandbox closed the connection before it answered (simulated reset).'),
  silence: { kind: 'silence' },
  slow_first_token: { kind: 'slow' },
  cut: { kind: 'break', code: 'UPSTREAM_MALFORMED', sentence: 'The stream of the sandbox ended without a finish reason (simulated cut).' },
  stall: { kind: 'stall' },
  malformed: { kind: 'break', code: 'UPSTREAM_MALFORMED', sentence: 'The sandbox sent a chunk that cannot be read (simulated).' },
  // The finish reason has been seen, so an adapter of a real format does not wait for `[DONE]` or its like: the answer is whole.
  no_end: { kind: 'unended' },
  context_too_long: refuse('CONTEXT_TOO_LONG', 'The prompt is longer than the context window of the sandbox (simulated).'),
  content_filtered: refuse('CONTENT_FILTERED', 'The content filter of the sandbox refused the prompt (simulated).'),
  overlong: { kind: 'overlong' },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof faults;

export const faultNames: readonly string[] = Object.keys(faults);

export function isFaultName(text: string): text is FaultName {
  return Object.hasOwn(faults, text);
}

/** The error of a fault that has one. */
export function faultError(fault: Extract<Fault, { kind: 'refuse' | 'break' }>, delayMs: number): GatewayError {
  return new GatewayError(fault.code, fault.sentence, fault.kind === 'refuse' && fault.withDelay ? { retryAfterMs: delayMs } : {});
}

function refuse(code: ErrorCode, sentence: string, withDelay = false): Extract<Fault, { kind: 'refuse' }> {
  return { kind: 'refuse', code, sentence, withDelay };
}
