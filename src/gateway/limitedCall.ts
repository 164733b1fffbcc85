import type { CompletionRequest } from '../domain/completion.ts';
import type { EmbeddingRequest } from '../domain/embedding.ts';
import type { CostLimit, Spending } from './allowance.ts';
import type { Ranking } from './router.ts';

/** A call whose cost is limited, as it is asked for. */
export interface LimitedCall {
  /** Shared with other calls; beside them the request may have a `maxCost` of its own. */
  readonly limits: readonly CostLimit[];
  /** An error: why the field will fail before it makes the call. */
  readonly request: LimitedRequest | Error;
}

export type LimitedRequest =
  | { readonly operation: 'COMPLETION'; readonly request: CompletionRequest }
  | { readonly operation: 'EMBEDDING'; readonly request: EmbeddingRequest };

/** The offers a call will be made with, and what it may cost. */
export interface PricedCall {
  readonly alias: string | null;
  readonly ranking: Ranking;
  readonly spending: Spending | null;
}
