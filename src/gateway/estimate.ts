import type { CompletionRequest } from '../domain/completion.ts';
import type { EstimateService, QuotaService } from './gateway.ts';
import { isAliasName } from './modelName.ts';
import { completionOffers } from './offerQuestion.ts';
import { affordableOutput, priceOf, worstPriceOf } from './pricing.ts';
import type { Route } from './router.ts';
import type { CallSources } from './source.ts';

/** The price of a call before it is made: the same ranking that the call itself would get. */
export function createEstimates(sources: CallSources, quotas: QuotaService): EstimateService {
  return {
    async estimate(caller, request) {
      if (isAliasName(request.model)) await sources.aliases.ready();
      const asker = { principal: caller.principal, draw: sources.draw() };
      const ranking = completionOffers(sources, asker, request).rank(request.maxCost);
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

function bounds(route: Route | null, { maxOutputTokens, maxCost }: CompletionRequest) {
  if (route === null) return { least: null, most: null, inputTokens: 0, maxOutputTokens };
  const { offer, inputTokens, inputBound, answers } = route;
  // Under a cost limit the answer is shortened to what the limit affords, as the call's own would be.
  const tokens = maxCost === null ? null : affordableOutput(offer, inputBound, maxCost);
  const affordable = tokens === null ? null : Math.floor(tokens / answers);
  const outputTokens = smallest(maxOutputTokens, offer.maxOutputTokens, affordable);
  return {
    least: priceOf(offer, { inputTokens, outputTokens: answers }),
    most: outputTokens === null ? null : worstPriceOf(offer, { inputTokens: inputBound, outputTokens: outputTokens * answers }),
    inputTokens,
    maxOutputTokens: outputTokens,
  };
}

/** Null: none is given. */
function smallest(...counts: readonly (number | null)[]): number | null {
  return counts.reduce((least, count) => (least === null || (count !== null && count < least) ? count : least), null);
}
