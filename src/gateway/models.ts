import { GatewayError } from '../domain/errors.ts';
import type { ModelSlug, ProviderId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Alias, Model } from '../domain/model.ts';
import type { Caller, ModelFilter, ModelOrder, ModelService } from './gateway.ts';
import type { NameSources } from './modelName.ts';
import { mayAsk, namesOf, ruleOf } from './modelName.ts';
import type { OfferHealth } from './offerHealth.ts';

export function createModels(sources: NameSources, health: OfferHealth): ModelService {
  const { catalog } = sources;
  const visible = ({ principal }: Caller) => [...catalog.current().models.values()].filter((model) => mayAsk(principal, model.slug, model));
  return {
    list(caller, { filter, orderBy, first, after }) {
      const models = visible(caller).filter(matcher(filter)).sort(orders[orderBy]);
      const start = after === null ? 0 : models.findIndex(({ slug }) => slug === after) + 1;
      if (after !== null && start === 0) throw new GatewayError('INVALID_REQUEST', 'The cursor names a model that is no longer there.');
      return { items: models.slice(start, start + first), hasMore: models.length > start + first };
    },
    find({ principal }, name) {
      const names = namesOf(sources, principal.organizationId);
      const rule = ruleOf(names, name);
      const slug = rule === null ? toId<ModelSlug>(name) : heaviest(rule);
      const model = slug === null ? undefined : names.snapshot.models.get(slug);
      return model !== undefined && mayAsk(principal, name, model) ? model : null;
    },
    health: health.of,
    providers: () => [...catalog.current().providers.values()].map(({ provider }) => provider),
    provider: (id: ProviderId) => catalog.current().providers.get(id)?.provider ?? null,
  };
}

/** Of several models the one that most calls are served by. */
function heaviest({ targets }: Alias): ModelSlug | null {
  const most = targets.reduce((weight, target) => Math.max(weight, target.weight), 0);
  return targets.find(({ weight }) => weight === most)?.model ?? null;
}

function matcher({ kind, provider, search, simulated }: ModelFilter): (model: Model) => boolean {
  const wanted = search?.toLowerCase() ?? null;
  return (model) =>
    (kind === null || model.kind === kind) &&
    (simulated === null || model.simulated === simulated) &&
    (provider === null || model.offers.some((offer) => offer.provider === provider)) &&
    (wanted === null || model.slug.toLowerCase().includes(wanted) || model.name.toLowerCase().includes(wanted));
}

function bySlug(left: Model, right: Model): number {
  if (left.slug === right.slug) return 0;
  return left.slug < right.slug ? -1 : 1;
}

const orders: Record<ModelOrder, (left: Model, right: Model) => number> = {
  SLUG_ASC: bySlug,
  SLUG_DESC: (left, right) => bySlug(right, left),
  INPUT_PRICE_ASC: byPrice('input'),
  OUTPUT_PRICE_ASC: byPrice('output'),
};

/** By the cheapest offer; models without a known price come last. */
function byPrice(part: 'input' | 'output'): (left: Model, right: Model) => number {
  const priceOf = ({ offers }: Model) =>
    offers.reduce(
      (least, { price }) => Math.min(least, price[part] === null ? Number.POSITIVE_INFINITY : Number(price[part])),
      Number.POSITIVE_INFINITY,
    );
  return (left, right) => {
    const [a, b] = [priceOf(left), priceOf(right)];
    return a === b ? bySlug(left, right) : a - b;
  };
}
