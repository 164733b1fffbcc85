import type { ProviderId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import type { Picodollars } from '../../domain/money.ts';
import { writeUsdPerCall, writeUsdPerMillion } from '../../domain/money.ts';
import { readPage, toConnection } from '../connection.ts';
import { callerOf } from '../context.ts';
import type { ModelResolvers, OfferHealthResolvers, OfferResolvers, PriceResolvers, QueryResolvers } from '../generated/schemaTypes.ts';
import { toGlobalId } from '../globalId.ts';

const Query: Pick<QueryResolvers, 'models' | 'model'> = {
  models(_root, args, context) {
    const page = readPage(args);
    const filter = {
      kind: args.filter?.kind ?? null,
      provider: typeof args.filter?.provider === 'string' ? toId<ProviderId>(args.filter.provider) : null,
      search: args.filter?.search ?? null,
      simulated: args.filter?.simulated ?? null,
    };
    const query = { filter, orderBy: args.orderBy ?? 'SLUG_ASC', ...page };
    return toConnection(context.gateway.models.list(callerOf(context), query), page.after, ({ slug }) => slug);
  },
  model: (_root, { slug }, context) => context.gateway.models.find(callerOf(context), slug),
};

const Model: ModelResolvers = { id: ({ slug }) => toGlobalId('Model', slug) };

const Offer: OfferResolvers = {
  id: ({ id }) => toGlobalId('Offer', id),
  slug: ({ id }) => id,
  provider: ({ provider }, _args, { gateway }) => gateway.models.provider(provider),
  // An offer knows its price and where it comes from.
  price: (offer) => offer,
  health: ({ id }, _args, { gateway }) => gateway.models.health(id),
};

const OfferHealth: OfferHealthResolvers = {
  latencyMs: ({ latencyMs }) => whole(latencyMs),
  firstTokenMs: ({ firstTokenMs }) => whole(firstTokenMs),
};

function whole(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms);
}

const Price: PriceResolvers = {
  input: ({ price }) => perMillion(price.input),
  output: ({ price }) => perMillion(price.output),
  cachedInput: ({ price }) => perMillion(price.cachedInput),
  cacheWrite: ({ price }) => perMillion(price.cacheWrite),
  reasoning: ({ price }) => perMillion(price.reasoning),
  request: ({ price }) => (price.request === null ? null : writeUsdPerCall(price.request)),
  source: ({ priceSource }) => priceSource,
};

function perMillion(price: Picodollars | null): string | null {
  return price === null ? null : writeUsdPerMillion(price);
}

export const modelResolvers = { Query, Model, Offer, OfferHealth, Price };
