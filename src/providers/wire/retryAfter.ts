import { isJsonObject } from '../../domain/json.ts';
import { headerValue } from './body.ts';
import type { AnswerHeaders } from './exchange.ts';
import { readList, readText } from './json.ts';

interface DelayedAnswer {
  readonly headers: AnswerHeaders;
  /** The body as JSON, null where it is none. */
  readonly body: unknown;
  /** Milliseconds since 1970: the header may name a date. */
  readonly nowMs: number;
}

/** When the provider says that it may be asked again, in milliseconds from now; null: it does not say. */
export function readRetryAfter({ headers, body, nowMs }: DelayedAnswer): number | null {
  return (
    milliseconds(headerValue(headers, 'retry-after-ms')) ??
    milliseconds(headerValue(headers, 'x-ms-retry-after-ms')) ??
    retryAfterHeader(headerValue(headers, 'retry-after'), nowMs) ??
    bodyDelay(body)
  );
}

function milliseconds(value: string | null): number | null {
  return value !== null && /^\d+(\.\d+)?$/.test(value.trim()) ? Math.ceil(Number(value)) : null;
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfterHeader(value: string | null, nowMs: number): number | null {
  if (value === null) return null;
  if (/^\d+(\.\d+)?$/.test(value.trim())) return Math.ceil(Number(value) * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/** `error.details[].retryDelay: "34s"` (Google), or the sentence "Please try again in 1m7.66s" (OpenAI, Groq). */
function bodyDelay(body: unknown): number | null {
  const error = isJsonObject(body) ? body['error'] : null;
  if (!isJsonObject(error)) return null;
  for (const detail of readList(error['details'])) {
    const delay = isJsonObject(detail) ? readDuration(readText(detail['retryDelay']) ?? '') : null;
    if (delay !== null) return delay;
  }
  const sentence = /try again in ((?:[\d.]+(?:ms|s|m|h))+)/i.exec(readText(error['message']) ?? '');
  return readDuration(sentence?.[1] ?? '');
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** For instance "34s", "6m0s", "120ms". */
export function readDuration(text: string): number | null {
  let sum: number | null = null;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    sum = (sum ?? 0) + Number(amount) * (unitMs[unit ?? ''] ?? 0);
  }
  return sum === null ? null : Math.ceil(sum);
}
