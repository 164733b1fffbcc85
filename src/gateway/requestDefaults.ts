import type { RouteSort } from '../domain/route.ts';
import type { BreakerSettings } from './breaker.ts';

/** What a request gets that does not say otherwise. */
export interface RequestDefaults {
  readonly timeouts: { readonly firstTokenMs: number; readonly idleMs: number; readonly totalMs: number };
  readonly graceMs: number;
  /** Null: the field's own. */
  readonly sort: RouteSort | null;
  /** Null: none. */
  readonly maxOutputTokens: number | null;
  /** How often a call may try, all offers together. */
  readonly attempts: number;
  /** How long a call waits before it asks the same offer again, in milliseconds; twice as long each further time. */
  readonly backoffMs: number;
  /** When an offer is left alone. */
  readonly breaker: BreakerSettings;
  /** How long a request waits for others of its organization to share a provider call with, in milliseconds; 0: nothing is shared. */
  readonly embeddings: { readonly coalesceMs: number };
}
