import type { ModelSlug, OfferId, ProviderId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import type { Capability, Model, Offer, Provider } from '../../domain/model.ts';
import { capabilities } from '../../domain/model.ts';
import type { Picodollars } from '../../domain/money.ts';
import type { ListedModel } from '../../ports/provider.ts';

/** The two sandboxes, by id. The second is the dearer one, so that the cheapest route and a fallback can be told apart. */
export const sandboxIds = ['sandbox', 'sandbox-b'] as const;
export type SandboxId = (typeof sandboxIds)[number];

export const contextWindow = 8192;
export const maxOutputTokens = 4096;

export const sandboxListing: readonly ListedModel[] = [
  { providerModel: 'chat', kind: 'CHAT', contextWindow, maxOutputTokens },
  { providerModel: 'embed', kind: 'EMBEDDING', contextWindow, maxOutputTokens: null },
];

const names: Readonly<Record<SandboxId, string>> = { sandbox: 'Sandbox (simulated)', 'sandbox-b': 'Sandbox B (simulated)' };

export const sandboxProviders: readonly Provider[] = sandboxIds.map(sandboxProvider);

export function sandboxProvider(id: SandboxId): Provider {
  return { id: toId<ProviderId>(id), name: names[id], format: 'sandbox', simulated: true, source: 'SIMULATION' };
}

/** It makes neither pictures nor sounds. */
const simulated = capabilities.filter((capability) => capability !== 'IMAGE_OUTPUT' && capability !== 'AUDIO_OUTPUT');

/** $0.50 in and $1.50 out per 1,000,000 tokens; twice that at the second. */
const chatOffers: readonly Offer[] = [
  offer({ provider: 'sandbox', providerModel: 'chat', input: 500_000n, output: 1_500_000n, maxOutputTokens, capabilities: simulated }),
  offer({ provider: 'sandbox-b', providerModel: 'chat', input: 1_000_000n, output: 3_000_000n, maxOutputTokens, capabilities: simulated }),
];

/** $0.02 in per 1,000,000 tokens, twice that at the second; an embedding has no output to pay for. */
const embeddingOffers: readonly Offer[] = [
  offer({ provider: 'sandbox', providerModel: 'embed', input: 20_000n, output: 0n, maxOutputTokens: null, capabilities: [] }),
  offer({ provider: 'sandbox-b', providerModel: 'embed', input: 40_000n, output: 0n, maxOutputTokens: null, capabilities: [] }),
];

export const sandboxModels: readonly Model[] = [
  model('chat', 'Sandbox Chat (simulated)', { kind: 'CHAT', offers: chatOffers }),
  model('embed', 'Sandbox Embed (simulated)', { kind: 'EMBEDDING', offers: embeddingOffers }),
];

interface OfferFacts {
  readonly provider: SandboxId;
  readonly providerModel: string;
  readonly input: Picodollars;
  readonly output: Picodollars;
  readonly maxOutputTokens: number | null;
  readonly capabilities: readonly Capability[];
}

function offer(facts: OfferFacts): Offer {
  const { provider, providerModel, input, output, ...known } = facts;
  const model = `sandbox/${providerModel}`;
  return {
    id: toId<OfferId>(`${provider}/${model}`),
    model: toId<ModelSlug>(model),
    provider: toId<ProviderId>(provider),
    providerModel,
    price: { input, output, cachedInput: null, cacheWrite: null, reasoning: null, request: null },
    priceSource: 'SIMULATION',
    contextWindow,
    region: null,
    // Nothing leaves the process.
    dataPolicies: ['NO_RETENTION', 'NO_TRAINING'],
    quantization: null,
    simulated: true,
    ...known,
  };
}

function model(providerModel: string, name: string, facts: Pick<Model, 'kind' | 'offers'>): Model {
  const slug = toId<ModelSlug>(`sandbox/${providerModel}`);
  return { slug, name, family: 'sandbox', releasedAt: null, deprecation: null, simulated: true, source: 'SIMULATION', ...facts };
}
