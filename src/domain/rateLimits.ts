/** What a provider still takes of us, of one kind. */
export interface RateLimit {
  readonly remaining: number;
  /** When it takes as much as ever again, in milliseconds since 1970; null: it does not say. */
  readonly resetsAt: number | null;
}

/** A provider's own word on how much it still takes; null: it says nothing of this kind. */
export interface RateLimits {
  readonly requests: RateLimit | null;
  /** Of several kinds of tokens, the one of which it takes the fewest. */
  readonly tokens: RateLimit | null;
}

/** Until when nothing more is taken, in milliseconds since 1970; null: something is, or it does not say until when. */
export function exhaustedUntil({ requests, tokens }: RateLimits): number | null {
  const ends = [requests, tokens].flatMap((limit) => (limit?.remaining === 0 && limit.resetsAt !== null ? [limit.resetsAt] : []));
  return ends.length === 0 ? null : Math.max(...ends);
}
