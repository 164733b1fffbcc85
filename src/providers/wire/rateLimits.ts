import type { RateLimit, RateLimits } from '../../domain/rateLimits.ts';
import { headerValue } from './body.ts';
import type { AnswerHeaders } from './exchange.ts';
import { readDuration } from './retryAfter.ts';

interface HeaderNames {
  readonly remaining: string;
  readonly reset: string;
}

const openai = (kind: string): HeaderNames => ({ remaining: `x-ratelimit-remaining-${kind}`, reset: `x-ratelimit-reset-${kind}` });
const anthropic = (kind: string): HeaderNames => ({
  remaining: `anthropic-ratelimit-${kind}-remaining`,
  reset: `anthropic-ratelimit-${kind}-reset`,
});

/**
 * https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers (and its kin, as far as they have them),
 * https://platform.claude.com/docs/en/api/rate-limits#response-headers
 */
const requestNames = [openai('requests'), anthropic('requests')];
const tokenNames = [openai('tokens'), anthropic('tokens'), anthropic('input-tokens'), anthropic('output-tokens')];

/** What an answer's headers say of the provider's rate limits; null: nothing. */
export function readRateLimits(headers: AnswerHeaders, nowMs: number): RateLimits | null {
  const [requests, tokens] = [tightest(headers, requestNames, nowMs), tightest(headers, tokenNames, nowMs)];
  return requests === null && tokens === null ? null : { requests, tokens };
}

function tightest(headers: AnswerHeaders, names: readonly HeaderNames[], nowMs: number): RateLimit | null {
  let least: RateLimit | null = null;
  for (const { remaining, reset } of names) {
    const count = headerValue(headers, remaining)?.trim() ?? '';
    if (!/^\d+$/.test(count) || (least !== null && least.remaining <= Number(count))) continue;
    least = { remaining: Number(count), resetsAt: readReset(headerValue(headers, reset)?.trim() ?? '', nowMs) };
  }
  return least;
}

/** A time from now ("6m0s", "120ms", seconds), or a date (RFC 3339). */
function readReset(text: string, nowMs: number): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return nowMs + Math.ceil(Number(text) * 1000);
  if (/^\d{4}-/.test(text)) {
    const date = Date.parse(text);
    return Number.isNaN(date) ? null : date;
  }
  const duration = readDuration(text);
  return duration === null ? null : nowMs + duration;
}
