import { GatewayError } from '../domain/errors.ts';
import type { ModelSlug, ProviderId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Alias, Model, ModelKind } from '../domain/model.ts';
import { nearest } from '../domain/nearest.ts';
import type { Principal } from '../domain/principal.ts';
import type { Catalog, CatalogSnapshot } from '../ports/catalog.ts';
import type { Caller, ModelFilter, ModelOrder, ModelService } from './gateway.ts';

/** What an asked name stands for. */
export interface ResolvedModel {
  readonly model: Model;
  /** The alias it was asked by; null when by its slug. */
  readonly alias: string | null;
}

export interface NameQuestion {
  readonly snapshot: CatalogSnapshot;
  readonly principal: Principal;
  readonly name: string;
  /** From 0 to below 1: which of an alias's weighted models is taken. */
  readonly draw: number;
}

/** The model behind a slug or an alias. Throws UNKNOWN_MODEL with the nearest names, FORBIDDEN. */
export function resolveModel({ snapshot, principal, name, draw }: NameQuestion): ResolvedModel {
  const alias = snapshot.aliases.get(name);
  const slug = alias === undefined ? toId<ModelSlug>(name) : pickTarget(alias.targets, draw);
  const model = slug === null ? undefined : snapshot.models.get(slug);
  if (model === undefined) throw unknownModel(snapshot, principal, name);
  if (!mayAsk(principal, name, model))
    throw new GatewayError('FORBIDDEN', 'The API key may not ask for this model.', { details: { model: name } });
  return { model, alias: alias?.name ?? null };
}

/** The models that may serve a request: the asked one, then its fallbacks. Throws also INVALID_REQUEST when one is of another kind. */
export function resolveModels(
  { catalog, draw }: ModelSources,
  principal: Principal,
  { model: name, kind, fallbacks }: ModelQuestion,
): ResolvedModels {
  const snapshot = catalog.current();
  const resolve = (one: string) => resolveModel({ snapshot, principal, name: one, draw: draw() });
  const asked = resolve(name);
  const models = [asked, ...fallbacks.map(resolve)].map(({ model }) => model);
  const other = models.find((model) => model.kind !== kind);
  if (other !== undefined) {
    throw new GatewayError(
      'INVALID_REQUEST',
      `${other.slug} is not ${kindNames[kind]}, as far as is known; where that is wrong, the operator sets its \`kind\` in the configuration.`,
      { details: { model: other.slug } },
    );
  }
  return { alias: asked.alias, models: [...new Set(models)] };
}

interface ModelSources {
  readonly catalog: Catalog;
  readonly draw: () => number;
}

export interface ModelQuestion {
  readonly model: string;
  readonly kind: ModelKind;
  readonly fallbacks: readonly string[];
}

export interface ResolvedModels {
  readonly alias: string | null;
  readonly models: readonly Model[];
}

const kindNames: Record<ModelKind, string> = { CHAT: 'a model for completions', EMBEDDING: 'a model for embeddings' };

/** The slug a name stands for as far as limits speak of models: an alias's first. */
export function slugOf(snapshot: CatalogSnapshot, name: string): string {
  return snapshot.aliases.get(name)?.targets[0]?.model ?? name;
}

export function createModels(catalog: Catalog): ModelService {
  const visible = ({ principal }: Caller) => [...catalog.current().models.values()].filter((model) => mayAsk(principal, model.slug, model));
  return {
    list(caller, { filter, orderBy, first, after }) {
      const models = visible(caller).filter(matcher(filter)).sort(orders[orderBy]);
      const start = after === null ? 0 : models.findIndex(({ slug }) => slug === after) + 1;
      if (after !== null && start === 0) throw new GatewayError('INVALID_REQUEST', 'The cursor names a model that is no longer there.');
      return { items: models.slice(start, start + first), hasMore: models.length > start + first };
    },
    find({ principal }, name) {
      const snapshot = catalog.current();
      const model = snapshot.models.get(toId<ModelSlug>(slugOf(snapshot, name)));
      return model !== undefined && mayAsk(principal, name, model) ? model : null;
    },
    providers: () => [...catalog.current().providers.values()].map(({ provider }) => provider),
    provider: (id: ProviderId) => catalog.current().providers.get(id)?.provider ?? null,
  };
}

function mayAsk({ allowedModels }: Principal, name: string, model: Model): boolean {
  return allowedModels === null || allowedModels.includes(name) || allowedModels.includes(model.slug);
}

function mayAskAlias({ models }: CatalogSnapshot, principal: Principal, { name, targets }: Alias): boolean {
  return targets.some(({ model: slug }) => {
    const model = models.get(slug);
    return model !== undefined && mayAsk(principal, name, model);
  });
}

function pickTarget(targets: readonly { readonly model: ModelSlug; readonly weight: number }[], draw: number): ModelSlug | null {
  let left = draw * targets.reduce((sum, { weight }) => sum + weight, 0);
  for (const { model, weight } of targets) {
    left -= weight;
    if (left < 0) return model;
  }
  return targets.at(-1)?.model ?? null;
}

/** Near names among those the caller may ask for: others are nobody's business. */
function unknownModel(snapshot: CatalogSnapshot, principal: Principal, name: string): GatewayError {
  const slugs = [...snapshot.models.values()].filter((model) => mayAsk(principal, model.slug, model)).map(({ slug }) => slug);
  const aliases = [...snapshot.aliases.values()].filter((alias) => mayAskAlias(snapshot, principal, alias)).map((alias) => alias.name);
  const suggestions = nearest(name, [...slugs, ...aliases]);
  const hint = suggestions.length === 0 ? 'Ask `models` for those there are.' : `Near it: ${suggestions.join(', ')}.`;
  return new GatewayError('UNKNOWN_MODEL', `There is no model or alias of this name. ${hint}`, { details: { suggestions } });
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
