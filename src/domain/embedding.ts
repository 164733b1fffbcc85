import type { CompletionId } from './id.ts';
import type { JsonObject } from './json.ts';
import type { Model, Offer } from './model.ts';
import type { Nanodollars } from './money.ts';
import type { Cost } from './price.ts';
import type { RoutePreferences, Timeouts } from './route.ts';
import type { Tag } from './tag.ts';
import type { TokenUsage } from './usage.ts';

export interface EmbeddingRequest {
  /** A slug or an alias, as asked. */
  readonly model: string;
  readonly inputs: readonly string[];
  /** Shorter vectors, where the model can. */
  readonly dimensions: number | null;
  readonly route: RoutePreferences;
  readonly timeouts: Timeouts;
  readonly maxCost: Nanodollars | null;
  readonly tags: readonly Tag[];
  readonly endUser: string | null;
  readonly idempotencyKey: string | null;
  readonly providerOptions: JsonObject;
}

export interface Embeddings {
  readonly id: CompletionId;
  readonly requestedModel: string;
  readonly model: Model;
  readonly offer: Offer;
  /** One a input, in its order. */
  readonly vectors: readonly Float32Array[];
  readonly dimensions: number;
  readonly usage: TokenUsage;
  readonly cost: Cost | null;
}
