import { GatewayError } from '../domain/errors.ts';
import type { Capability, Model, Offer } from '../domain/model.ts';
import type { Nanodollars } from '../domain/money.ts';
import type { Prompt } from '../domain/prompt.ts';
import { likelyBytes, promptBytes } from '../domain/prompt.ts';
import type { ConsideredOffer, RoutePreferences, RouteSort } from '../domain/route.ts';
import type { OfferHealth } from './offerHealth.ts';
import { priceOf, worstPriceOf } from './pricing.ts';
import type { TokenEstimate } from './tokenEstimate.ts';

/** An offer chosen for a call, with what the call would use and cost there. */
export interface Route {
  readonly model: Model;
  readonly offer: Offer;
  /** The likely count, and the bound that no tokenizer exceeds. */
  readonly inputTokens: number;
  readonly inputBound: number;
  /** How many answers are written, each as long as the cap lets it be. */
  readonly answers: number;
  /** What the likely count was made from. */
  readonly likelyBytes: number;
  /** The likely count of what must fit one context window. */
  readonly windowTokens: number;
  readonly expected: Nanodollars | null;
  readonly least: Nanodollars | null;
  readonly most: Nanodollars | null;
  /** The least that the call's worst case can be made there: with the cap it asks for, or else with an answer of one token. Null: a price is unknown. */
  readonly floor: Nanodollars | null;
}

export interface Ranking {
  /** Those that may serve, best first. */
  readonly routes: readonly Route[];
  /** All that were looked at, in the order of the catalog, the asked model's first. */
  readonly considered: readonly ConsideredOffer[];
}

/** What a call asks of an offer. */
export interface RouteQuestion {
  readonly preferences: RoutePreferences;
  /** All that is read: the bound of the input tokens. */
  readonly bytes: number;
  /** What of it is likely to be read as text. */
  readonly likelyBytes: number;
  /** What must fit one context window: the prompt, or the longest of the texts to embed. Bytes, as likely read. */
  readonly longestBytes: number;
  readonly answers: number;
  readonly maxOutputTokens: number | null;
  /** Without these an offer cannot serve. */
  readonly needed: readonly Capability[];
  /** Without these it can, unless `requireParameters`. */
  readonly wished: readonly Capability[];
  /** Offers on which the call's worst case cannot be made to fit this are left out. */
  readonly maxCost: Nanodollars | null;
}

export interface Router {
  /** Ranks the offers of the asked model, then those of each fallback model. */
  rank(models: readonly Model[], question: RouteQuestion): Ranking;
}

export function createRouter(estimate: TokenEstimate, health: OfferHealth): Router {
  function toRoute(model: Model, offer: Offer, { bytes, likelyBytes, longestBytes, answers, maxOutputTokens }: RouteQuestion): Route {
    const inputTokens = estimate.tokens(model.slug, likelyBytes);
    const most = smallest(maxOutputTokens, offer.maxOutputTokens);
    const likely = Math.min(estimate.outputTokens(model.slug), most ?? Number.POSITIVE_INFINITY);
    return {
      model,
      offer,
      inputTokens,
      inputBound: bytes,
      answers,
      likelyBytes,
      windowTokens: estimate.tokens(model.slug, longestBytes),
      expected: priceOf(offer, { inputTokens, outputTokens: likely * answers }),
      least: priceOf(offer, { inputTokens, outputTokens: answers }),
      most: most === null ? null : worstPriceOf(offer, { inputTokens: bytes, outputTokens: most * answers }),
      floor: worstPriceOf(offer, { inputTokens: bytes, outputTokens: (maxOutputTokens === null ? 1 : (most ?? 1)) * answers }),
    };
  }

  return {
    rank(models, question) {
      const considered: ConsideredOffer[] = [];
      const routes: Route[] = [];
      for (const model of models) {
        const able: Route[] = [];
        for (const offer of model.offers) {
          const route = toRoute(model, offer, question);
          const rejected = rejection(route, question);
          considered.push({ offer, least: route.least, most: route.most, rejected });
          if (rejected === null) able.push(route);
        }
        routes.push(...sortRoutes(able, question.preferences, health));
      }
      return { routes: readyFirst(routes, health), considered };
    },
  };
}

/** What a completion needs of an offer. */
export function questionOf(prompt: Prompt, rest: Pick<RouteQuestion, 'preferences' | 'maxOutputTokens' | 'maxCost'>): RouteQuestion {
  const needed: Capability[] = [];
  const wished: Capability[] = [];
  if (prompt.tools.length > 0) needed.push('TOOLS');
  if (prompt.toolChoice !== null && prompt.toolChoice.type !== 'auto') wished.push('TOOL_CHOICE');
  if (prompt.outputFormat?.type === 'json') needed.push('JSON_OUTPUT');
  if (prompt.outputFormat?.type === 'jsonSchema') needed.push('JSON_SCHEMA');
  if (prompt.sampling.seed !== null) wished.push('SEED');
  if (prompt.topLogprobs !== null) wished.push('LOGPROBS');
  if (prompt.reasoningEffort !== null && prompt.reasoningEffort !== 'NONE') wished.push('REASONING');
  const types = new Set(prompt.messages.flatMap(({ parts }) => parts.map(({ type }) => type)));
  if (types.has('image')) needed.push('IMAGE_INPUT');
  if (types.has('file')) needed.push('FILE_INPUT');
  if (types.has('audio')) needed.push('AUDIO_INPUT');
  if (prompt.modalities?.includes('IMAGE') === true) needed.push('IMAGE_OUTPUT');
  if (prompt.modalities?.includes('AUDIO') === true) needed.push('AUDIO_OUTPUT');
  const likely = likelyBytes(prompt);
  return { ...rest, bytes: promptBytes(prompt), likelyBytes: likely, longestBytes: likely, answers: prompt.choices, needed, wished };
}

/** One reason, one line; the first that holds is the one that is told. */
function rejection(route: Route, question: RouteQuestion): string | null {
  const { offer } = route;
  const { preferences, needed, wished, maxCost } = question;
  const { maxPrice, requireParameters } = preferences;
  const excluded = exclusion(offer, preferences);
  if (excluded !== null) return excluded;
  const lacking = lacks(offer, needed, requireParameters) ?? (requireParameters ? lacks(offer, wished, true) : null);
  if (lacking !== null) return lacking;
  if (offer.contextWindow !== null && route.windowTokens > offer.contextWindow) return contextRejection;
  if (exceeds(offer.price.input, maxPrice.input)) return 'Its input price is unknown or above maxPrice.';
  if (exceeds(offer.price.output, maxPrice.output)) return 'Its output price is unknown or above maxPrice.';
  return maxCost === null ? null : costRejectionOf(route, maxCost);
}

function costRejectionOf({ floor }: Route, maxCost: Nanodollars): string | null {
  if (floor === null) return unpricedRejection;
  return floor > maxCost ? costRejection : null;
}

/** Why the offer is none of those that the call is for. */
function exclusion(offer: Offer, { within, ignore, only, regions, dataPolicy }: RoutePreferences): string | null {
  if (within.length > 0 && !named(within, offer)) return keyRejection;
  if (named(ignore, offer)) return 'It is ignored by the route.';
  if (only.length > 0 && !named(only, offer)) return 'The route allows only other offers.';
  if (regions.length > 0 && (offer.region === null || !regions.includes(offer.region))) return 'Its region is unknown, or not allowed.';
  if (dataPolicy !== null && !offer.dataPolicies?.includes(dataPolicy)) return `It is not known to keep the data policy ${dataPolicy}.`;
  return null;
}

const keyRejection = 'The API key may not use it.';
const contextRejection = 'The prompt is longer than its context window.';
const costRejection = 'The call could cost more than maxCost there.';
const unpricedRejection = 'Its price is not known, and the cost is limited.';

/** Why there is no route, as one error: the reason that all offers share, else NO_ROUTE with each one's own. */
export function noRoute(considered: readonly ConsideredOffer[]): GatewayError {
  const reasons = considered.map(({ offer, rejected }) => `${offer.id}: ${rejected ?? 'It may serve.'}`);
  const all = (...sentences: readonly string[]) =>
    considered.length > 0 && considered.every(({ rejected }) => rejected !== null && sentences.includes(rejected));
  if (all(contextRejection))
    return new GatewayError('CONTEXT_TOO_LONG', 'The prompt is longer than the context window of every offer.', {
      details: { offers: reasons },
    });
  if (all(costRejection, unpricedRejection)) {
    return new GatewayError('COST_LIMIT', 'The call could cost more than maxCost on every offer; lower maxOutputTokens or raise maxCost.', {
      details: { offers: reasons, reason: all(unpricedRejection) ? 'UNPRICED' : 'EXCEEDED' },
    });
  }
  if (all(keyRejection)) return new GatewayError('FORBIDDEN', 'The API key may not use any offer of this model.');
  return new GatewayError('NO_ROUTE', 'No offer of the model can serve this call.', { details: { offers: reasons } });
}

/** Whether an offer is meant by one of the names: its provider's id or its own. */
function named(names: readonly string[], offer: Offer): boolean {
  return names.includes(offer.provider) || names.includes(offer.id);
}

function lacks(offer: Offer, capabilities: readonly Capability[], unknownLacks: boolean): string | null {
  if (capabilities.length === 0) return null;
  if (offer.capabilities === null) return unknownLacks ? 'What it can do is not known, and the route requires parameters.' : null;
  const missing = capabilities.find((capability) => !offer.capabilities?.includes(capability));
  return missing === undefined ? null : `It lacks ${missing}.`;
}

function exceeds(price: bigint | null, most: bigint | null): boolean {
  return most !== null && (price === null || price > most);
}

function smallest(left: number | null, right: number | null): number | null {
  if (left === null) return right;
  return right === null ? left : Math.min(left, right);
}

/** Named ones first, in the caller's order; the rest by the sort. The sort is stable, so equals keep the catalog's order. */
function sortRoutes(routes: readonly Route[], { order, sort }: RoutePreferences, health: OfferHealth): readonly Route[] {
  const place = ({ offer }: Route) => {
    const index = order.findIndex((name) => name === offer.provider || name === offer.id);
    return index < 0 ? order.length : index;
  };
  const weigh = weights[sort ?? 'PRICE'];
  return routes
    .map((route) => ({ route, place: place(route), weight: weigh(route, health) }))
    .sort((a, b) => a.place - b.place || a.weight - b.weight)
    .map(({ route }) => route);
}

/** Lower is better. Unknown prices come last, untried offers first where speed counts: otherwise they would never be tried. */
const weights: Record<RouteSort, (route: Route, health: OfferHealth) => number> = {
  PRICE: priceWeight,
  LATENCY: ({ offer }, health) => health.of(offer.id).firstTokenMs ?? 0,
  THROUGHPUT: ({ offer }, health) => -(health.of(offer.id).throughput ?? Number.MAX_SAFE_INTEGER),
  BALANCED(route, health) {
    const { firstTokenMs, errorRate } = health.of(route.offer.id);
    const slowness = 1 + (firstTokenMs ?? 0) / 1000;
    const failing = 1 + 10 * (errorRate ?? 0);
    return priceWeight(route) * slowness * failing;
  },
};

/** Those that fail of late, or asked to be left alone, come last: they are tried where nothing else can serve. */
function readyFirst(routes: readonly Route[], health: OfferHealth): readonly Route[] {
  const ready = routes.filter(({ offer }) => health.ready(offer));
  return ready.length === routes.length ? routes : [...ready, ...routes.filter(({ offer }) => !health.ready(offer))];
}

function priceWeight({ expected }: Route): number {
  return expected === null ? Number.MAX_SAFE_INTEGER : Number(expected);
}
