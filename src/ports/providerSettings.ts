import type { ProviderId } from '../domain/id.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Capability, DataPolicy, Deprecation, FactSource, ModelKind } from '../domain/model.ts';
import type { Price } from '../domain/price.ts';

/** What an operator, the environment or a probe says of a provider. */
export interface ProviderSettings {
  readonly id: ProviderId;
  readonly name: string;
  /** A wire format of `providers/registry`, for instance `openai-chat`. */
  readonly format: string;
  /** With the version path, for instance `https://api.openai.com/v1`; no slash at the end. */
  readonly baseUrl: string;
  readonly apiKey: string | null;
  /** Where its key is set, as whoever must change it would look for it, for instance `OPENAI_API_KEY`; null: nowhere. */
  readonly keyName: string | null;
  /** Keys of several parts, by the format's own names of them, for instance `secretAccessKey`. Secret. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Settings that only its format has, by its names, for instance `project`. Not secret. */
  readonly options: Readonly<Record<string, string>>;
  /** The HTTP proxy through which it is reached; null: none. */
  readonly proxyUrl: string | null;
  /** How long a connection may take to be made, name look-up and TLS included. */
  readonly connectTimeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A row of the format's table of quirks, for instance `azure`; null: by the provider's id, else none. */
  readonly kin: string | null;
  /** Fields put into every request body. */
  readonly extraBody: JsonObject;
  readonly region: string | null;
  readonly dataPolicies: readonly DataPolicy[] | null;
  /** Whether its models are read from its own listing, beside those configured. */
  readonly discover: boolean;
  readonly source: FactSource;
}

/** What an operator says of an offer; null leaves it to the catalog and the provider's listing. */
export interface OfferSettings {
  readonly provider: ProviderId;
  readonly providerModel: string;
  readonly price: Price | null;
  readonly contextWindow: number | null;
  readonly maxOutputTokens: number | null;
  readonly region: string | null;
  readonly dataPolicies: readonly DataPolicy[] | null;
  readonly capabilities: readonly Capability[] | null;
  readonly quantization: string | null;
}

export interface ModelSettings {
  readonly slug: string;
  readonly name: string | null;
  /** Null: what the provider's listing says, else CHAT. */
  readonly kind: ModelKind | null;
  readonly family: string | null;
  readonly releasedAt: string | null;
  /** Null: nothing was announced. */
  readonly deprecation: Deprecation | null;
  readonly offers: readonly OfferSettings[];
}
