import type { ModelSlug, OfferId, ProviderId } from './id.ts';
import type { Price } from './price.ts';

/** What an offer can do. Absent from a list means unknown or not; `capabilitiesKnown` on the offer tells which. */
export const capabilities = [
  'STREAMING',
  'TOOLS',
  'TOOL_CHOICE',
  'JSON_OUTPUT',
  'JSON_SCHEMA',
  'IMAGE_INPUT',
  'FILE_INPUT',
  'AUDIO_INPUT',
  'IMAGE_OUTPUT',
  'AUDIO_OUTPUT',
  'REASONING',
  'LOGPROBS',
  'SEED',
] as const;
export type Capability = (typeof capabilities)[number];

/** What a provider does with what it is sent. Null on an offer is unknown and satisfies no requirement. */
export type DataPolicy = 'NO_RETENTION' | 'NO_TRAINING';

export type ModelKind = 'CHAT' | 'EMBEDDING';

/** Where a fact about an offer comes from: the operator's file, the price catalog, the provider's own listing, or the sandbox. */
export type FactSource = 'CONFIG' | 'CATALOG' | 'PROVIDER' | 'SIMULATION';

/** One provider's way of serving a model. What is not known is null, never guessed. */
export interface Offer {
  readonly id: OfferId;
  readonly model: ModelSlug;
  readonly provider: ProviderId;
  /** The name the provider knows the model by. */
  readonly providerModel: string;
  readonly price: Price;
  readonly priceSource: FactSource | null;
  /** Tokens of prompt and answer together. */
  readonly contextWindow: number | null;
  readonly maxOutputTokens: number | null;
  readonly region: string | null;
  readonly dataPolicies: readonly DataPolicy[] | null;
  /** Null: unknown, and tried. */
  readonly capabilities: readonly Capability[] | null;
  readonly quantization: string | null;
  readonly simulated: boolean;
}

/** What the operator has announced of a model. Days such as `2026-01-31`, each from its beginning in UTC. */
export interface Deprecation {
  /** Null: it is deprecated already. */
  readonly deprecatedAt: string | null;
  /** From this day on it is not served; null: that is not decided. */
  readonly sunsetAt: string | null;
  /** What to ask for instead. */
  readonly replacement: ModelSlug | null;
}

/** What can be asked for. */
export interface Model {
  readonly slug: ModelSlug;
  readonly name: string;
  readonly kind: ModelKind;
  readonly family: string | null;
  readonly releasedAt: string | null;
  readonly simulated: boolean;
  readonly source: FactSource;
  /** Null: nothing was announced. */
  readonly deprecation: Deprecation | null;
  readonly offers: readonly Offer[];
}

/** Who answers. */
export interface Provider {
  readonly id: ProviderId;
  readonly name: string;
  /** The wire format it speaks, for instance `openai-chat`. */
  readonly format: string;
  readonly simulated: boolean;
  readonly source: FactSource;
}

/** A stable name without `/` over weighted models. */
export interface Alias {
  readonly name: string;
  readonly targets: readonly { readonly model: ModelSlug; readonly weight: number }[];
}
