import type { CompletionRequest } from '../domain/completion.ts';
import type { EmbeddingRequest } from '../domain/embedding.ts';
import { GatewayError } from '../domain/errors.ts';
import type { Nanodollars } from '../domain/money.ts';
import type { Principal } from '../domain/principal.ts';
import { utf8Bytes } from '../domain/prompt.ts';
import { checkTags } from '../domain/tag.ts';
import { inputBytes, mostInputs } from './embeddingGroup.ts';
import type { NameSources } from './modelName.ts';
import { resolveModels } from './modelName.ts';
import type { Ranking, RouteQuestion, Router } from './router.ts';
import { questionOf } from './router.ts';

export interface OfferSources extends NameSources {
  readonly router: Router;
  /** A number from 0 to below 1, for weighted choices. */
  readonly draw: () => number;
}

/** Who asks, and which of an alias's weighted models their call falls on: from 0 to below 1. */
export interface Asker {
  readonly principal: Principal;
  readonly draw: number;
}

/** What a request asks of the offers, and of which models: worked out once, however often it is ranked. */
export interface OfferQuestion {
  /** Null: the model was asked for by its slug. */
  readonly alias: string | null;
  /** The offers of the asked model and its fallbacks; under a limit, those that cannot cost more. */
  rank(maxCost: Nanodollars | null): Ranking;
}

/** Throws UNKNOWN_MODEL, FORBIDDEN, INVALID_REQUEST. */
export function completionOffers(sources: OfferSources, asker: Asker, request: CompletionRequest): OfferQuestion {
  const { route, maxOutputTokens, prompt, model, tags, endUser } = request;
  checkTags(tags);
  const { alias, models } = resolveModels(sources, { ...asker, model, endUser, kind: 'CHAT', fallbacks: route.fallbacks });
  const question = questionOf(prompt, { preferences: route, maxOutputTokens, maxCost: null });
  return { alias, rank: (maxCost) => sources.router.rank(models, { ...question, maxCost }) };
}

/** Requests that share one provider call. Throws as `completionOffers`. */
export function embeddingOffers(sources: OfferSources, asker: Asker, requests: readonly EmbeddingRequest[]): OfferQuestion {
  const [request] = requests;
  if (request === undefined) throw new GatewayError('INVALID_REQUEST', 'There is nothing to embed.');
  checkTags(request.tags);
  checkInputs(requests);
  const { model, route, endUser } = request;
  const { alias, models } = resolveModels(sources, { ...asker, model, endUser, kind: 'EMBEDDING', fallbacks: route.fallbacks });
  const bytes = requests.reduce((sum, one) => sum + inputBytes(one), 0);
  const longestBytes = requests.flatMap(({ inputs }) => inputs).reduce((most, input) => Math.max(most, utf8Bytes(input)), 0);
  const question: Omit<RouteQuestion, 'maxCost'> = {
    preferences: route,
    bytes,
    likelyBytes: bytes,
    longestBytes,
    answers: 1,
    maxOutputTokens: 0,
    needed: [],
    wished: [],
  };
  return { alias, rank: (maxCost) => sources.router.rank(models, { ...question, maxCost }) };
}

function checkInputs(requests: readonly EmbeddingRequest[]): void {
  if (requests.some(({ inputs }) => inputs.length === 0))
    throw new GatewayError('INVALID_REQUEST', '`inputs` must have at least one text.');
  const count = requests.reduce((sum, { inputs }) => sum + inputs.length, 0);
  if (count > mostInputs) throw new GatewayError('INVALID_REQUEST', `One call embeds at most ${mostInputs} texts.`);
}
