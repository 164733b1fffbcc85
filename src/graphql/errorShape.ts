import type { CompletionError } from '../domain/completion.ts';
import type { GatewayError } from '../domain/errors.ts';

/** An error as it stands in an answer. */
export function toErrorShape({ code, message, retryable, retryAfterMs, details }: GatewayError): CompletionError {
  return { code, message, retryable, retryAfterMs, details };
}
