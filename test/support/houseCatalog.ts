import type { ModelSlug } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import type { Alias, Model, Offer } from '../../src/domain/model.ts';
import { unknownPrice } from '../../src/domain/price.ts';
import type { Catalog, ConnectedProvider } from '../../src/ports/catalog.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { sandboxModels } from '../../src/providers/sandbox/catalog.ts';
import { connectSandboxes } from '../../src/providers/sandbox/connect.ts';
import type { FakeAdapter } from './fakeAdapter.ts';
import { createFakeAdapter } from './fakeAdapter.ts';

/** The sandboxes, and `acme/chat` and `acme/embed`, each offered by `one` and, at twice its price, by `two`, whose answers a test writes. */
export interface HouseCatalog extends Catalog {
  readonly one: FakeAdapter;
  readonly two: FakeAdapter;
  readonly models: Map<ModelSlug, Model>;
  readonly aliases: Map<string, Alias>;
  /** Changes the offers of a model. */
  change(slug: string, changes: (offer: Offer) => Partial<Offer>): void;
}

export function createHouseCatalog(clock: Clock): HouseCatalog {
  const [one, two] = [createFakeAdapter(clock), createFakeAdapter(clock)];
  const models = new Map([...sandboxModels, modelOf('chat'), modelOf('embed')].map((model) => [model.slug, model]));
  const connected = [...connectSandboxes(clock), connect('one', one), connect('two', two)];
  const providers = new Map(connected.map((each) => [each.provider.id, each]));
  const aliases = new Map<string, Alias>();
  return {
    one,
    two,
    models,
    aliases,
    current: () => ({ models, providers, aliases }),
    change(slug, changes) {
      const model = models.get(toId<ModelSlug>(slug));
      if (model === undefined) throw new Error('There is no such model.');
      models.set(model.slug, { ...model, offers: model.offers.map((offer) => ({ ...offer, ...changes(offer) })) });
    },
  };
}

function connect(id: string, adapter: FakeAdapter): ConnectedProvider {
  return { provider: { id: toId(id), name: id, format: 'fake', simulated: false, source: 'CONFIG' }, adapter };
}

/** A dollar a million tokens of input, four of output; twice that at `two`. */
function modelOf(name: 'chat' | 'embed'): Model {
  const slug = toId<ModelSlug>(`acme/${name}`);
  const offers = [offerOf(slug, 'one', 1n), offerOf(slug, 'two', 2n)];
  const kind = name === 'chat' ? 'CHAT' : 'EMBEDDING';
  return {
    slug,
    name: `Acme ${name}`,
    kind,
    family: null,
    releasedAt: null,
    deprecation: null,
    simulated: false,
    source: 'CONFIG',
    offers,
  };
}

export function offerOf(slug: ModelSlug, provider: string, factor: bigint): Offer {
  return {
    id: toId(`${provider}/${slug}`),
    model: slug,
    provider: toId(provider),
    providerModel: 'm',
    price: { ...unknownPrice, input: 1_000_000n * factor, output: 4_000_000n * factor },
    priceSource: 'CONFIG',
    contextWindow: 10_000,
    maxOutputTokens: 1000,
    region: null,
    dataPolicies: null,
    capabilities: null,
    quantization: null,
    simulated: false,
  };
}
