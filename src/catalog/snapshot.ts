import type { ModelSlug, ProviderId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Alias, Model } from '../domain/model.ts';
import type { CatalogSnapshot, ConnectedProvider } from '../ports/catalog.ts';
import type { ListedModel } from '../ports/provider.ts';
import type { ModelSettings, OfferSettings, ProviderSettings } from '../ports/providerSettings.ts';
import type { ProviderFacts } from './offer.ts';
import { listedAs, toOffer } from './offer.ts';
import type { PriceBook } from './priceBook.ts';

export interface SnapshotSources {
  readonly providers: readonly ConnectedProvider[];
  /** What is said of those providers that are no simulation. */
  readonly settings: readonly ProviderSettings[];
  readonly models: readonly ModelSettings[];
  /** What the providers list themselves, as far as they answered. */
  readonly listings: ReadonlyMap<ProviderId, readonly ListedModel[]>;
  readonly simulated: readonly Model[];
  readonly aliases: readonly Alias[];
  readonly prices: PriceBook;
}

/** All that can be asked for: what the operator configured, what providers list, what is simulated. Where two have one slug, the operator's word counts. */
export function buildSnapshot(sources: SnapshotSources): CatalogSnapshot {
  const connected = new Map(sources.providers.map((one) => [one.provider.id, one]));
  const facts = sources.settings.filter(({ id }) => connected.has(id)).map((settings) => gatherFacts(settings, sources));
  const models = new Map<ModelSlug, Model>();
  const configured = sources.models.map((settings) => configuredModel(settings, facts));
  const listed = facts.flatMap((provider) => listedModels(provider, sources.models));
  for (const model of [...configured, ...listed, ...sources.simulated]) {
    if (!models.has(model.slug)) models.set(model.slug, model);
  }
  return { models, providers: connected, aliases: new Map(sources.aliases.map((alias) => [alias.name, alias])) };
}

function gatherFacts(settings: ProviderSettings, { listings, prices }: SnapshotSources): ProviderFacts {
  return { settings, listing: listings.get(settings.id) ?? [], known: (providerModel) => prices.find(settings.baseUrl, providerModel) };
}

function configuredModel(settings: ModelSettings, providers: readonly ProviderFacts[]): Model {
  const slug = toId<ModelSlug>(settings.slug);
  // An offer of a provider that is not connected, for want of a key perhaps, is left out; the model stays, and has no route.
  const offers = settings.offers.flatMap((offer) => {
    const facts = providers.find((provider) => provider.settings.id === offer.provider);
    return facts === undefined ? [] : [{ facts, offer }];
  });
  const listedKind = offers.map(({ facts, offer }) => listedAs(facts, offer.providerModel)?.kind ?? null).find((kind) => kind !== null);
  return {
    slug,
    name: settings.name ?? settings.slug,
    kind: settings.kind ?? listedKind ?? 'CHAT',
    family: settings.family,
    releasedAt: settings.releasedAt,
    deprecation: settings.deprecation,
    simulated: false,
    source: 'CONFIG',
    offers: offers.map(({ facts, offer }) => toOffer(slug, offer, facts)),
  };
}

/** What a provider lists and no configured model maps, each as a model of its own: alike names are no proof of being the same. */
function listedModels(facts: ProviderFacts, configured: readonly ModelSettings[]): readonly Model[] {
  const { id, discover } = facts.settings;
  const mapped = new Set(
    configured.flatMap(({ offers }) => offers.filter(({ provider }) => provider === id).map(({ providerModel }) => providerModel)),
  );
  return discover
    ? facts.listing.filter(({ providerModel }) => !mapped.has(providerModel)).map((listed) => listedModel(listed, facts))
    : [];
}

function listedModel({ providerModel, kind }: ListedModel, facts: ProviderFacts): Model {
  const provider = facts.settings.id;
  const slug = toId<ModelSlug>(`${provider}/${providerModel}`);
  return {
    slug,
    name: facts.known(providerModel)?.name ?? providerModel,
    // Listings of most servers do not say what a model is for. A name with "embed" in it is a guess, but every embedding model in use has one, and the
    // operator can say better under `models`.
    kind: kind ?? (/embed/i.test(providerModel) ? 'EMBEDDING' : 'CHAT'),
    family: null,
    releasedAt: null,
    deprecation: null,
    simulated: false,
    source: 'PROVIDER',
    offers: [toOffer(slug, { ...unsaid, provider, providerModel }, facts)],
  };
}

/** What an operator says who says nothing. */
const unsaid: Omit<OfferSettings, 'provider' | 'providerModel'> = {
  price: null,
  contextWindow: null,
  maxOutputTokens: null,
  region: null,
  dataPolicies: null,
  capabilities: null,
  quantization: null,
};
