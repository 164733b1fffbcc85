import type { ModelSlug, ProviderId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Alias, Deprecation } from '../domain/model.ts';
import type { Price } from '../domain/price.ts';
import type { ModelSettings, OfferSettings } from '../ports/providerSettings.ts';
import type { FileModel, FileSettings } from './fileSchema.ts';

type FileOffer = FileModel['offers'][number];

/** The models of the file. Offers of providers that are switched off are left out. */
export function readModels({ models, providers }: FileSettings): readonly ModelSettings[] {
  return Object.entries(models).map(([slug, model]) => ({
    slug,
    name: model.name ?? null,
    kind: model.kind ?? null,
    family: model.family ?? null,
    releasedAt: model.releasedAt ?? null,
    deprecation: toDeprecation(model),
    offers: model.offers.filter(({ provider }) => providers[provider]?.enabled !== false).map(toOffer),
  }));
}

function toOffer(offer: FileOffer): OfferSettings {
  return {
    provider: toId<ProviderId>(offer.provider),
    providerModel: offer.model,
    price: offer.price === undefined ? null : toPrice(offer.price),
    contextWindow: offer.contextWindow ?? null,
    maxOutputTokens: offer.maxOutputTokens ?? null,
    region: offer.region ?? null,
    dataPolicies: offer.dataPolicies ?? null,
    capabilities: offer.capabilities ?? null,
    quantization: offer.quantization ?? null,
  };
}

function toDeprecation({ deprecation }: FileModel): Deprecation | null {
  if (deprecation === undefined) return null;
  const { deprecatedAt = null, sunsetAt = null, replacement } = deprecation;
  return { deprecatedAt, sunsetAt, replacement: replacement === undefined ? null : toId<ModelSlug>(replacement) };
}

function toPrice(price: NonNullable<FileOffer['price']>): Price {
  return {
    input: price.input ?? null,
    output: price.output ?? null,
    cachedInput: price.cachedInput ?? null,
    cacheWrite: price.cacheWrite ?? null,
    reasoning: price.reasoning ?? null,
    request: price.request ?? null,
  };
}

export function readAliases(aliases: FileSettings['aliases']): readonly Alias[] {
  return Object.entries(aliases).map(([name, targets]) => ({
    name,
    targets: (typeof targets === 'string' ? [{ model: targets, weight: 1 }] : targets).map(({ model, weight }) => ({
      model: toId<ModelSlug>(model),
      weight,
    })),
  }));
}
