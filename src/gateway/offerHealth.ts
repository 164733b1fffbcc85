import type { OfferId } from '../domain/id.ts';

/** How an offer has served of late; null where it has not been tried. */
export interface OfferRecord {
  readonly firstTokenMs: number | null;
  /** Output tokens a second. */
  readonly throughput: number | null;
  /** Share of attempts that failed, 0 to 1. */
  readonly errorRate: number | null;
}

export interface AttemptObservation {
  readonly failed: boolean;
  readonly firstTokenMs: number | null;
  readonly durationMs: number;
  readonly outputTokens: number | null;
}

/** What live calls teach about offers: sliding averages, in this process. */
export interface OfferHealth {
  of(offer: OfferId): OfferRecord;
  observe(offer: OfferId, observation: AttemptObservation): void;
}

const weight = 0.2;
const untried: OfferRecord = { firstTokenMs: null, throughput: null, errorRate: null };

export function createOfferHealth(): OfferHealth {
  const records = new Map<OfferId, OfferRecord>();
  return {
    of: (offer) => records.get(offer) ?? untried,
    observe(offer, { failed, firstTokenMs, durationMs, outputTokens }) {
      const before = records.get(offer) ?? untried;
      const speaking = durationMs - (firstTokenMs ?? 0);
      const throughput = failed || outputTokens === null || speaking <= 0 ? null : (outputTokens / speaking) * 1000;
      records.set(offer, {
        firstTokenMs: average(before.firstTokenMs, firstTokenMs),
        throughput: average(before.throughput, throughput),
        errorRate: average(before.errorRate, failed ? 1 : 0),
      });
    },
  };
}

function average(before: number | null, next: number | null): number | null {
  if (next === null) return before;
  return before === null ? next : before + weight * (next - before);
}
