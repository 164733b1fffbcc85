import type { Exchange } from './faultyProvider.ts';
import type { Fault } from './faultyWorld.ts';

/** What every provider says. */
export const tokens = Array.from({ length: 60 }, (_, index) => `${index} `);
export const answer = tokens.join('');
/** What one says that does not say the same. */
export const others = tokens.map((token) => `x${token}`);

const healthy = (exchange: Exchange) => exchange.whole(tokens);
const failing =
  (status: number, times = Number.POSITIVE_INFINITY) =>
  (exchange: Exchange) =>
    exchange.attempt <= times ? exchange.json(status, { error: { message: 'No.' } }) : exchange.whole(tokens);
const refusing = (code: string) => (exchange: Exchange) => exchange.json(400, { error: { message: 'No.', code } });
const limiting =
  (times: number, headers = {}) =>
  (exchange: Exchange) =>
    exchange.attempt <= times ? exchange.json(429, { error: { message: 'Slow down.' } }, headers) : exchange.whole(tokens);

const cutting = (exchange: Exchange) => {
  exchange.begin(tokens.slice(0, 40));
  exchange.reset();
};
/** What a test changes, and counts, while its faults play. */
export interface Course {
  downUntil: number;
  sentAfterLeaving: number;
}

/** The faults of the public failover bench, and some of our own. */
export function faultsOf(seconds: (count: number) => number, course: Course) {
  return {
    healthy: { primary: healthy },
    rateLimitedOnce: { primary: limiting(1, { 'retry-after-ms': String(seconds(2)) }) },
    rateLimited: { primary: limiting(Number.POSITIVE_INFINITY) },
    accounted: { primary: failing(503), backup: healthy },
    failingOnce: { primary: failing(500, 1) },
    unavailable: { primary: failing(503), backup: healthy },
    reset: { primary: (exchange) => exchange.reset(), backup: healthy },
    silent: { primary: (exchange) => exchange.wait(seconds(120)), backup: healthy },
    slow: {
      async primary(exchange) {
        await exchange.wait(seconds(20));
        exchange.whole(tokens);
      },
      backup: healthy,
    },
    cut: { primary: cutting, backup: healthy },
    stalling: {
      async primary(exchange) {
        exchange.begin(tokens.slice(0, 20));
        await exchange.wait(seconds(30));
        exchange.whole(tokens.slice(20));
      },
      backup: healthy,
    },
    malformed: {
      primary(exchange) {
        exchange.begin(tokens.slice(0, 9));
        exchange.raw('data: {"choices": [{]}\n\n');
        exchange.whole(tokens.slice(9));
      },
      backup: healthy,
    },
    unended: { primary: (exchange) => exchange.whole(tokens, false) },
    tooLong: { primary: refusing('context_length_exceeded'), backup: healthy },
    filtered: { primary: refusing('content_policy_violation'), backup: healthy },
    noPrefill: {
      primary: cutting,
      backup: (exchange) =>
        exchange.roles.at(-1) === 'assistant' ? exchange.json(400, { error: { message: 'No prefill.' } }) : exchange.whole(others),
    },
    outage: {
      primary: (exchange) => (performance.now() < course.downUntil ? exchange.json(503, {}) : exchange.whole(tokens)),
      backup: healthy,
    },
    // Three of ten.
    brownOut: { primary: (exchange) => (exchange.attempt % 10 < 3 ? exchange.json(503, {}) : exchange.whole(tokens)), backup: healthy },
    allDown: { primary: failing(503), backup: (exchange) => exchange.reset() },
    unheeding: {
      async primary(exchange) {
        exchange.begin(tokens.slice(0, 5));
        await exchange.left;
        course.sentAfterLeaving++;
        exchange.whole(tokens);
      },
    },
  } satisfies Record<string, Fault>;
}
