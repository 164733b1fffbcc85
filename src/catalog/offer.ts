import type { ModelSlug, OfferId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Offer } from '../domain/model.ts';
import { unknownPrice } from '../domain/price.ts';
import type { ListedModel } from '../ports/provider.ts';
import type { OfferSettings, ProviderSettings } from '../ports/providerSettings.ts';
import type { PriceBookEntry } from './priceBook.ts';

/** One provider, with what it says itself and what the price catalog says of its models. */
export interface ProviderFacts {
  readonly settings: ProviderSettings;
  readonly listing: readonly ListedModel[];
  known(providerModel: string): PriceBookEntry | null;
}

export function listedAs({ listing }: ProviderFacts, providerModel: string): ListedModel | undefined {
  return listing.find((listed) => listed.providerModel === providerModel);
}

/** An offer from all that is known of it: the operator's word first, then the provider's own, then the catalog's. */
export function toOffer(model: ModelSlug, said: OfferSettings, facts: ProviderFacts): Offer {
  const { settings } = facts;
  const listed = listedAs(facts, said.providerModel);
  const known = facts.known(said.providerModel);
  return {
    id: toId<OfferId>(`${settings.id}/${model}`),
    model,
    provider: settings.id,
    providerModel: said.providerModel,
    ...priceOf(said, known),
    contextWindow: said.contextWindow ?? listed?.contextWindow ?? known?.contextWindow ?? null,
    maxOutputTokens: said.maxOutputTokens ?? listed?.maxOutputTokens ?? null,
    region: said.region ?? settings.region,
    dataPolicies: said.dataPolicies ?? settings.dataPolicies,
    capabilities: said.capabilities,
    quantization: said.quantization,
    simulated: false,
  };
}

/** The operator's price is taken whole: one made of two sources would be nobody's. */
function priceOf(said: OfferSettings, known: PriceBookEntry | null): Pick<Offer, 'price' | 'priceSource'> {
  if (said.price !== null) return { price: said.price, priceSource: 'CONFIG' };
  if (known?.price != null) return { price: known.price, priceSource: 'CATALOG' };
  return { price: unknownPrice, priceSource: null };
}
