/**
 * The errors of the house. Codes outlive messages: they are added, never renamed, and stand in the SDL as `enum ErrorCode`.
 * `fault` says who can act on it, `retryable` whether the same request may succeed later.
 */
interface ErrorTraits {
  readonly fault: 'caller' | 'limit' | 'upstream' | 'gateway';
  readonly retryable: boolean;
  readonly httpStatus: number;
}

export const errorTraits = {
  INVALID_REQUEST: { fault: 'caller', retryable: false, httpStatus: 400 },
  UNAUTHENTICATED: { fault: 'caller', retryable: false, httpStatus: 401 },
  FORBIDDEN: { fault: 'caller', retryable: false, httpStatus: 403 },
  DIRECTIVE_FORBIDDEN: { fault: 'caller', retryable: false, httpStatus: 403 },
  NOT_FOUND: { fault: 'caller', retryable: false, httpStatus: 404 },
  CONFLICT: { fault: 'caller', retryable: false, httpStatus: 409 },
  UNKNOWN_MODEL: { fault: 'caller', retryable: false, httpStatus: 404 },
  UNSUPPORTED_PARAMETER: { fault: 'caller', retryable: false, httpStatus: 400 },
  CONTEXT_TOO_LONG: { fault: 'caller', retryable: false, httpStatus: 400 },
  CONTENT_FILTERED: { fault: 'caller', retryable: false, httpStatus: 400 },
  COST_LIMIT: { fault: 'caller', retryable: false, httpStatus: 400 },
  OPERATION_TOO_COSTLY: { fault: 'caller', retryable: false, httpStatus: 400 },
  PAYLOAD_TOO_LARGE: { fault: 'caller', retryable: false, httpStatus: 413 },
  IDEMPOTENCY_CONFLICT: { fault: 'caller', retryable: false, httpStatus: 409 },
  IDEMPOTENCY_REPLAY_UNAVAILABLE: { fault: 'caller', retryable: false, httpStatus: 410 },
  STREAM_EXPIRED: { fault: 'caller', retryable: false, httpStatus: 410 },
  CANCELLED: { fault: 'caller', retryable: false, httpStatus: 499 },
  RATE_LIMITED: { fault: 'limit', retryable: true, httpStatus: 429 },
  QUOTA_EXHAUSTED: { fault: 'limit', retryable: true, httpStatus: 429 },
  NO_ROUTE: { fault: 'upstream', retryable: true, httpStatus: 503 },
  UPSTREAM_RATE_LIMITED: { fault: 'upstream', retryable: true, httpStatus: 503 },
  UPSTREAM_UNAVAILABLE: { fault: 'upstream', retryable: true, httpStatus: 502 },
  UPSTREAM_TIMEOUT: { fault: 'upstream', retryable: true, httpStatus: 504 },
  UPSTREAM_REFUSED: { fault: 'upstream', retryable: false, httpStatus: 502 },
  UPSTREAM_MALFORMED: { fault: 'upstream', retryable: true, httpStatus: 502 },
  STORE_UNAVAILABLE: { fault: 'gateway', retryable: true, httpStatus: 503 },
  OVERLOADED: { fault: 'gateway', retryable: true, httpStatus: 503 },
  OUTCOME_UNKNOWN: { fault: 'gateway', retryable: false, httpStatus: 500 },
  INTERNAL: { fault: 'gateway', retryable: true, httpStatus: 500 },
} as const satisfies Record<string, ErrorTraits>;

export type ErrorCode = keyof typeof errorTraits;

/** What the caller may see beside the sentence: names, limits, lists of what is allowed. Never prompts, answers, keys or bodies. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface GatewayErrorOptions {
  /** What was thrown below; logged, never shown to a client. */
  readonly cause?: unknown;
  /** Milliseconds after which the same request may succeed. */
  readonly retryAfterMs?: number;
  readonly details?: ErrorDetails;
}

/** The one error class: a public code and a sentence that names what was wrong and, if known, what to do. */
export class GatewayError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | null;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, sentence: string, options: GatewayErrorOptions = {}) {
    super(sentence, { cause: options.cause });
    this.name = 'GatewayError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.details = options.details ?? {};
  }

  /** What is refused for want of a price does not get one by asking again. */
  get retryable(): boolean {
    return errorTraits[this.code].retryable && this.details['reason'] !== 'UNPRICED';
  }
}

/** Anything thrown, as an error of ours: what is unknown is INTERNAL, its cause kept for the log. */
export function toGatewayError(thrown: unknown): GatewayError {
  if (thrown instanceof GatewayError) return thrown;
  return new GatewayError('INTERNAL', 'Something went wrong inside the gateway.', { cause: thrown });
}

/** The provider's account is spent or its key refused: all its offers fail alike. */
export function isCredentialFault({ details }: GatewayError): boolean {
  return details['reason'] === 'QUOTA_SPENT' || details['reason'] === 'KEY_REFUSED';
}
