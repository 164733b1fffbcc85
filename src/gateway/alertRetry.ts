import type { RetryLimits, WebhookAnswer } from '../ports/webhook.ts';

/** Nothing is tried for longer, whatever the limits. */
const longestMs = 86_400_000;

/** GONE: the receiver said that it wants no more. */
export type Verdict = 'DELIVERED' | 'GONE' | 'AGAIN';

export function verdictOf(answer: WebhookAnswer): Verdict {
  if (answer.type === 'FAILED') return 'AGAIN';
  if (answer.status >= 200 && answer.status < 300) return 'DELIVERED';
  return answer.status === 410 ? 'GONE' : 'AGAIN';
}

export interface FailedTry {
  /** How many there were, this one included. */
  readonly attempts: number;
  /** When there was something to deliver first. */
  readonly createdAt: number;
  readonly now: number;
  /** The header of the answer, if any. */
  readonly retryAfter: string | null;
  readonly limits: RetryLimits;
  /** 0 to 1, at random: those that failed together are not tried again together. */
  readonly draw: number;
}

/** When it is tried again; null: no more. */
export function nextTryAt({ attempts, createdAt, now, retryAfter, limits, draw }: FailedTry): number | null {
  if (attempts >= limits.attempts) return null;
  const delay = Math.min(limits.firstDelayMs * 2 ** (attempts - 1), limits.mostDelayMs);
  const own = now + Math.round(delay * (0.75 + draw / 2));
  const at = Math.max(own, readRetryAfter(retryAfter, now) ?? own);
  return at > createdAt + longestMs ? null : at;
}

/** Seconds or a date (RFC 9110, 10.2.3); null: it says nothing. */
function readRetryAfter(text: string | null, now: number): number | null {
  if (text === null) return null;
  if (/^\d+$/.test(text.trim())) return now + Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : date;
}
