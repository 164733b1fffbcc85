import { describe, expect, it } from 'vitest';
import { createCatalog } from '../../src/catalog/catalog.ts';
import type { PriceBook, PriceBookEntry } from '../../src/catalog/priceBook.ts';
import type { SnapshotSources } from '../../src/catalog/snapshot.ts';
import { buildSnapshot } from '../../src/catalog/snapshot.ts';
import type { ModelSlug, ProviderId } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import type { Provider } from '../../src/domain/model.ts';
import { unknownPrice } from '../../src/domain/price.ts';
import type { ConnectedProvider } from '../../src/ports/catalog.ts';
import type { ListedModel, ProviderAdapter } from '../../src/ports/provider.ts';
import type { ModelSettings, OfferSettings, ProviderSettings } from '../../src/ports/providerSettings.ts';
import { sandboxModels } from '../../src/providers/sandbox/catalog.ts';

const adapter: ProviderAdapter = {
  format: 'openai-chat',
  complete: () => expect.unreachable(),
  embed: () => expect.unreachable(),
  listModels: () => expect.unreachable(),
  [Symbol.asyncDispose]: () => expect.unreachable(),
};

function settings(id: string, said: Partial<ProviderSettings> = {}): ProviderSettings {
  return {
    id: toId<ProviderId>(id),
    name: id,
    format: 'openai-chat',
    baseUrl: `http://${id}/v1`,
    apiKey: null,
    keyName: null,
    credentials: {},
    options: {},
    proxyUrl: null,
    connectTimeoutMs: 10_000,
    headers: {},
    kin: null,
    extraBody: {},
    region: null,
    dataPolicies: null,
    discover: true,
    source: 'CONFIG',
    ...said,
  };
}

function connected({ id, name, format, source }: ProviderSettings): ConnectedProvider {
  const provider: Provider = { id, name, format, source, simulated: false };
  return { provider, adapter };
}

function offer(provider: string, providerModel: string, said: Partial<OfferSettings> = {}): OfferSettings {
  return {
    provider: toId<ProviderId>(provider),
    providerModel,
    price: null,
    contextWindow: null,
    maxOutputTokens: null,
    region: null,
    dataPolicies: null,
    capabilities: null,
    quantization: null,
    ...said,
  };
}

function model(slug: string, offers: readonly OfferSettings[], said: Partial<ModelSettings> = {}): ModelSettings {
  return { slug, name: null, kind: null, family: null, releasedAt: null, deprecation: null, offers, ...said };
}

function listed(providerModel: string, said: Partial<ListedModel> = {}): ListedModel {
  return { providerModel, kind: null, contextWindow: null, maxOutputTokens: null, ...said };
}

const price = { ...unknownPrice, input: 100n, output: 200n };
const entry: PriceBookEntry = { name: 'Known', price, contextWindow: 9000 };
const prices: PriceBook = { find: (baseUrl, name) => (baseUrl === 'http://hosted/v1' && name === 'known' ? entry : null) };

interface Scene extends Partial<Omit<SnapshotSources, 'listings'>> {
  readonly listings?: Readonly<Record<string, readonly ListedModel[]>>;
}

function snapshot({ listings = {}, settings: said = [settings('llama'), settings('hosted')], ...rest }: Scene) {
  const byProvider = new Map(Object.entries(listings).map(([id, models]) => [toId<ProviderId>(id), models]));
  const built = buildSnapshot({
    providers: said.map(connected),
    settings: said,
    models: [],
    listings: byProvider,
    simulated: [],
    aliases: [],
    prices,
    ...rest,
  });
  return { ...built, model: (slug: string) => built.models.get(toId<ModelSlug>(slug)), slugs: [...built.models.keys()] };
}

describe('a listed model', () => {
  it('is a model of its provider with one offer of unknown price', () => {
    const { model: find } = snapshot({ listings: { llama: [listed('stories', { contextWindow: 2048 })] } });
    expect(find('llama/stories')).toEqual({
      slug: 'llama/stories',
      name: 'stories',
      kind: 'CHAT',
      family: null,
      releasedAt: null,
      deprecation: null,
      simulated: false,
      source: 'PROVIDER',
      offers: [
        {
          id: 'llama/llama/stories',
          model: 'llama/stories',
          provider: 'llama',
          providerModel: 'stories',
          price: unknownPrice,
          priceSource: null,
          contextWindow: 2048,
          maxOutputTokens: null,
          region: null,
          dataPolicies: null,
          capabilities: null,
          quantization: null,
          simulated: false,
        },
      ],
    });
  });

  it('keeps a slash in its name', () => {
    expect(snapshot({ listings: { hosted: [listed('meta/llama-3')] } }).slugs).toEqual(['hosted/meta/llama-3']);
  });

  it('has price, name and context window of the catalog where they are known', () => {
    const known = snapshot({ listings: { hosted: [listed('known')] } }).model('hosted/known');
    expect(known).toMatchObject({ name: 'Known', offers: [{ price, priceSource: 'CATALOG', contextWindow: 9000 }] });
  });

  it('has its own word before the catalog’s', () => {
    const { model: find } = snapshot({ listings: { hosted: [listed('known', { contextWindow: 500, maxOutputTokens: 100 })] } });
    expect(find('hosted/known')?.offers).toMatchObject([{ contextWindow: 500, maxOutputTokens: 100 }]);
  });

  it.each([
    ['text-embed-3', null, 'EMBEDDING'],
    ['stories', null, 'CHAT'],
    ['stories', 'EMBEDDING', 'EMBEDDING'],
    ['embed-chat', 'CHAT', 'CHAT'],
  ] as const)('%s that is listed as %s is of the kind %s', (name, kind, expected) => {
    expect(snapshot({ listings: { llama: [listed(name, { kind })] } }).model(`llama/${name}`)?.kind).toBe(expected);
  });

  it('is left out where discovery is off', () => {
    expect(snapshot({ settings: [settings('llama', { discover: false })], listings: { llama: [listed('stories')] } }).slugs).toEqual([]);
  });

  it('has the region and the data policies of its provider', () => {
    const said = settings('llama', { region: 'eu', dataPolicies: ['NO_TRAINING'] });
    expect(snapshot({ settings: [said], listings: { llama: [listed('a')] } }).model('llama/a')?.offers).toMatchObject([
      { region: 'eu', dataPolicies: ['NO_TRAINING'] },
    ]);
  });
});

describe('a configured model', () => {
  it('takes the place of what it maps', () => {
    const models = [model('acme/story', [offer('llama', 'stories'), offer('hosted', 'known')])];
    const { slugs, model: find } = snapshot({
      models,
      listings: { llama: [listed('stories'), listed('other')], hosted: [listed('known')] },
    });
    expect(slugs).toEqual(['acme/story', 'llama/other']);
    expect(find('acme/story')).toMatchObject({
      source: 'CONFIG',
      offers: [
        { id: 'llama/acme/story', priceSource: null },
        { id: 'hosted/acme/story', priceSource: 'CATALOG' },
      ],
    });
  });

  it('has the operator’s word before all others, and the price whole', () => {
    const said = {
      price: { ...unknownPrice, input: 1n },
      contextWindow: 10,
      region: 'us',
      dataPolicies: ['NO_RETENTION'],
      capabilities: ['TOOLS'],
    } as const;
    const { model: find } = snapshot({
      models: [model('acme/a', [offer('hosted', 'known', said)])],
      listings: { hosted: [listed('known', { contextWindow: 500 })] },
    });
    expect(find('acme/a')?.offers).toMatchObject([{ ...said, priceSource: 'CONFIG', price: { input: 1n, output: null } }]);
  });

  it('has what its provider lists where the operator says nothing', () => {
    const listings = { hosted: [listed('e5', { kind: 'EMBEDDING', contextWindow: 512 })] };
    expect(snapshot({ models: [model('acme/e', [offer('hosted', 'e5')])], listings }).model('acme/e')).toMatchObject({
      kind: 'EMBEDDING',
      offers: [{ contextWindow: 512 }],
    });
  });

  it('loses the offers of providers that are not connected, and stays', () => {
    expect(snapshot({ models: [model('acme/a', [offer('gone', 'x'), offer('llama', 'y')])] }).model('acme/a')?.offers).toMatchObject([
      { provider: 'llama' },
    ]);
    expect(snapshot({ models: [model('acme/a', [offer('gone', 'x')])] }).model('acme/a')?.offers).toEqual([]);
  });

  it('counts before a listed one of the same slug', () => {
    const { model: find } = snapshot({
      models: [model('llama/stories', [offer('hosted', 'known')])],
      listings: { llama: [listed('stories')] },
    });
    expect(find('llama/stories')?.offers).toMatchObject([{ provider: 'hosted' }]);
  });
});

describe('the catalog', () => {
  it('joins simulated models as they are, and aliases by name', () => {
    const alias = { name: 'fast', targets: [{ model: toId<ModelSlug>('sandbox/chat'), weight: 1 }] };
    const { slugs, aliases, model: find } = snapshot({ simulated: sandboxModels, aliases: [alias] });
    expect(slugs).toEqual(['sandbox/chat', 'sandbox/embed']);
    expect(find('sandbox/chat')).toBe(sandboxModels[0]);
    expect(aliases.get('fast')).toBe(alias);
  });

  it('is swapped whole', () => {
    const [first, second] = [snapshot({}), snapshot({ listings: { llama: [listed('a')] } })];
    const catalog = createCatalog(first);
    const kept = catalog.current();
    catalog.replace(second);
    expect(kept).toBe(first);
    expect(catalog.current()).toBe(second);
  });
});
