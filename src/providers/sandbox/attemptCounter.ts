import type { CompletionId } from '../../domain/id.ts';

/** Counts the attempts of each call that a fault was meant for. */
export interface AttemptCounter {
  /** Counts one more, and says how many there were, this one included. */
  count(id: CompletionId): number;
}

/** Remembers the calls counted last, at most `capacity` of them: the memory of a long run stays bounded. */
export function createAttemptCounter(capacity = 1000): AttemptCounter {
  const counts = new Map<CompletionId, number>();
  return {
    count(id) {
      const attempts = (counts.get(id) ?? 0) + 1;
      // A map keeps the order of insertion: deleted and set again, the call is the youngest.
      counts.delete(id);
      counts.set(id, attempts);
      const oldest = counts.size > capacity ? counts.keys().next().value : undefined;
      if (oldest !== undefined) counts.delete(oldest);
      return attempts;
    },
  };
}
