import type { CompletionRequest } from '../domain/completion.ts';
import { rankOffers } from './completion.ts';
import type { EstimateService, QuotaService } from './gateway.ts';
import { priceOf, worstPriceOf } from './pricing.ts';
import type { Route } from './router.ts';
import type { CallSources } from './source.ts';

/** The price of a call before it is made: the same ranking that the call itself would get. */
export function createEstimates(sources: CallSources, quotas: QuotaService): EstimateService {
  return {
    async estimate(caller, request) {
      const { ranking } = rankOffers(sources, caller, request);
      const [best] = ranking.routes;
      return {
        ...bounds(best ?? null, request),
        offer: best?.offer ?? null,
        considered: ranking.considered,
        headroom: await quotas.quotas(caller),
      };
    },
  };
}

function bounds(route: Route | null, { maxOutputTokens }: CompletionRequest) {
  if (route === null) return { least: null, most: null, inputTokens: 0, maxOutputTokens };
  const { offer, inputTokens, inputBound } = route;
  const outputTokens =
    maxOutputTokens === null ? offer.maxOutputTokens : Math.min(maxOutputTokens, offer.maxOutputTokens ?? maxOutputTokens);
  return {
    least: priceOf(offer, { inputTokens, outputTokens: 1 }),
    most: outputTokens === null ? null : worstPriceOf(offer, { inputTokens: inputBound, outputTokens }),
    inputTokens,
    maxOutputTokens: outputTokens,
  };
}
