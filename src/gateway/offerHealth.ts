import type { ErrorCode } from '../domain/errors.ts';
import { GatewayError, isCredentialFault } from '../domain/errors.ts';
import type { OfferId, ProviderId } from '../domain/id.ts';
import type { Offer } from '../domain/model.ts';
import type { RateLimits } from '../domain/rateLimits.ts';
import { exhaustedUntil } from '../domain/rateLimits.ts';
import type { Clock } from '../ports/clock.ts';
import type { Breaker, BreakerState } from './breaker.ts';
import { createBreaker } from './breaker.ts';
import type { RequestDefaults } from './requestDefaults.ts';

/** How an offer has served of late; null where it has not been tried. */
export interface OfferRecord {
  readonly firstTokenMs: number | null;
  /** From the question to the end of the answer, of attempts that succeeded. */
  readonly latencyMs: number | null;
  /** Output tokens a second. */
  readonly throughput: number | null;
  /** Share of attempts that failed, 0 to 1. */
  readonly errorRate: number | null;
}

/** What live calls say of an offer. */
export interface OfferHealthReport extends OfferRecord {
  readonly state: BreakerState;
}

export type ObservedOffer = Pick<Offer, 'id' | 'simulated'>;

export interface AttemptObservation {
  /** Null: it succeeded. */
  readonly errorCode: ErrorCode | null;
  readonly firstTokenMs: number | null;
  readonly durationMs: number;
  readonly outputTokens: number | null;
}

/** What live calls teach about offers, in this process: sliding averages, a breaker for each, and who asked to be left alone for a while. */
export interface OfferHealth {
  of(offer: OfferId): OfferHealthReport;
  /** False: others come first. Its breaker is open, its rate limit reached, or its provider's key or credit refused of late. */
  ready(offer: Offer): boolean;
  /** Whether a call may go there now: it takes the one trial of a half-open breaker. */
  claim(offer: OfferId): boolean;
  /** A call that was let through has ended without saying anything of the offer. */
  left(offer: OfferId): void;
  /** What a simulation does is what its caller asked it for: it is measured, and never left alone. */
  observe(offer: ObservedOffer, observation: AttemptObservation): void;
  /** The offer has refused a call: how, for how long. */
  refused(offer: Offer, error: GatewayError): void;
  /** What the offer's provider says it still takes: with nothing left it is left alone until it takes more. */
  limited(offer: Offer, limits: RateLimits): void;
  /** Why none of these was asked, and when one may be. */
  closedTo(offers: readonly Offer[]): GatewayError;
}

const weight = 0.2;
const untried: OfferRecord = { firstTokenMs: null, latencyMs: null, throughput: null, errorRate: null };
/** How long a provider comes last whose key or credit was refused: an operator may mend it at any time. */
const credentialMs = 60_000;
/** No provider is believed a longer rest than this. */
const longestRestMs = 60_000;

/** Failures that speak against the offer's working: it answered badly, or not at all. */
const breaking: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_TIMEOUT', 'UPSTREAM_MALFORMED']);

export function createOfferHealth(clock: Clock, defaults: () => Pick<RequestDefaults, 'breaker' | 'timeouts'>): OfferHealth {
  const records = new Map<OfferId, OfferRecord>();
  const breakers = new Map<OfferId, Breaker>();
  const rests = createRests<OfferId | ProviderId>(clock);

  function breakerOf(offer: OfferId): Breaker {
    const known = breakers.get(offer);
    if (known !== undefined) return known;
    const breaker = createBreaker(clock, () => defaults().breaker);
    breakers.set(offer, breaker);
    return breaker;
  }

  return {
    of: (offer) => ({ ...(records.get(offer) ?? untried), state: breakers.get(offer)?.state ?? 'CLOSED' }),
    ready: ({ id, provider }) => breakers.get(id)?.state !== 'OPEN' && !rests.has(id) && !rests.has(provider),
    claim: (offer) => breakers.get(offer)?.claim() ?? true,
    left: (offer) => breakers.get(offer)?.left(),
    observe({ id, simulated }, observation) {
      if (isImpatience(observation, defaults().timeouts)) return void breakers.get(id)?.left();
      records.set(id, learn(records.get(id) ?? untried, observation));
      const { errorCode } = observation;
      if (simulated) return;
      if (errorCode === null || breaking.has(errorCode)) breakerOf(id).observe(errorCode !== null);
      else breakers.get(id)?.left();
    },
    refused({ id, provider, simulated }, error) {
      if (simulated) return;
      if (isCredentialFault(error)) rests.add(provider, credentialMs);
      else if (error.code === 'UPSTREAM_RATE_LIMITED' && error.retryAfterMs !== null) rests.add(id, error.retryAfterMs);
    },
    limited({ id }, limits) {
      const until = exhaustedUntil(limits);
      if (until !== null && until > clock.now()) rests.add(id, until - clock.now());
    },
    closedTo(offers) {
      const waits = offers.map(({ id }) => ({ id, waitMs: Math.ceil(breakers.get(id)?.waitMs ?? 0) }));
      return new GatewayError('NO_ROUTE', 'Every offer that could serve has kept failing, and is left alone for a while.', {
        retryAfterMs: Math.max(1, Math.min(...waits.map(({ waitMs }) => waitMs))),
        details: { offers: waits.map(({ id, waitMs }) => `${id}: It has kept failing; it is tried again in ${waitMs} ms.`) },
      });
    },
  };
}

/** A caller's own limit, shorter than the operator's: what it ends says nothing of the offer, or one caller could have it closed to all. */
function isImpatience({ errorCode, durationMs }: AttemptObservation, { firstTokenMs, idleMs }: RequestDefaults['timeouts']): boolean {
  return errorCode === 'UPSTREAM_TIMEOUT' && durationMs < Math.min(firstTokenMs, idleMs);
}

function learn(before: OfferRecord, { errorCode, firstTokenMs, durationMs, outputTokens }: AttemptObservation): OfferRecord {
  const failed = errorCode !== null;
  const speaking = durationMs - (firstTokenMs ?? 0);
  const throughput = failed || outputTokens === null || speaking <= 0 ? null : (outputTokens / speaking) * 1000;
  return {
    firstTokenMs: average(before.firstTokenMs, firstTokenMs),
    latencyMs: average(before.latencyMs, failed ? null : durationMs),
    throughput: average(before.throughput, throughput),
    errorRate: average(before.errorRate, failed ? 1 : 0),
  };
}

function average(before: number | null, next: number | null): number | null {
  if (next === null) return before;
  return before === null ? next : before + weight * (next - before);
}

interface Rests<Key> {
  add(key: Key, ms: number): void;
  has(key: Key): boolean;
}

function createRests<Key>(clock: Clock): Rests<Key> {
  const until = new Map<Key, number>();
  return {
    add: (key, ms) => void until.set(key, clock.monotonic() + Math.min(ms, longestRestMs)),
    has(key) {
      const end = until.get(key);
      if (end === undefined) return false;
      if (clock.monotonic() < end) return true;
      until.delete(key);
      return false;
    },
  };
}
