import { toGatewayError } from '../domain/errors.ts';
import type { Nanodollars } from '../domain/money.ts';
import type { Principal } from '../domain/principal.ts';
import type { Allowance, CostLimit, Share, Spending } from './allowance.ts';
import { createAllowance, createSpending, setAside } from './allowance.ts';
import { costLimit } from './costLimit.ts';
import type { LimitedCall, LimitedRequest, PricedCall } from './limitedCall.ts';
import type { Asker, OfferQuestion, OfferSources } from './offerQuestion.ts';
import { completionOffers, embeddingOffers } from './offerQuestion.ts';
import type { Ranking, Route } from './router.ts';
import { noRoute } from './router.ts';

/** A call, and which of an alias's weighted models it falls on. */
export type DrawnCall = LimitedCall & Pick<Asker, 'draw'>;

/** One call of a plan while it is made. */
interface Candidate {
  readonly place: number;
  readonly question: OfferQuestion;
  readonly limits: readonly CostLimit[];
  /** What its worst case can be brought down to; null: no offer has a price. */
  readonly least: Nanodollars | null;
}

/**
 * Prices the worst cases of calls that share cost limits, and sets aside for each what it needs at the least; what a limit leaves beyond that
 * is shared out among those that can use it. One result a call, in order: an error is that call's alone. Throws COST_LIMIT when the calls
 * under the operation's limit could cost more than it, whatever is done; then nothing is set aside.
 */
export function priceCalls(
  sources: OfferSources,
  principal: Principal,
  calls: readonly (DrawnCall | null)[],
): readonly (PricedCall | Error | null)[] {
  const results: (PricedCall | Error | null)[] = calls.map(() => null);
  const candidates = calls.flatMap((call, place) => {
    const candidate = call === null ? null : toCandidate(sources, principal, { call, place });
    if (candidate === null || candidate instanceof Error) results[place] = candidate;
    return candidate === null || candidate instanceof Error ? [] : [candidate];
  });
  const affordable = withinLimits(candidates, (candidate, refusal) => {
    results[candidate.place] = refusal;
  });
  for (const { place, priced } of shareOut(affordable)) results[place] = priced;
  return results;
}

/** A call that shares no limit with others. Throws as the ranking does, NO_ROUTE, COST_LIMIT. */
export function priceCall(sources: OfferSources, asker: Asker, asked: LimitedRequest): PricedCall {
  const { maxCost } = asked.request;
  if (maxCost === null) {
    const question = offersOf(sources, asker, asked);
    const ranking = question.rank(null);
    if (ranking.routes.length === 0) throw noRoute(ranking.considered);
    return { alias: question.alias, ranking, spending: null };
  }
  const [priced] = priceCalls(sources, asker.principal, [{ limits: [], request: asked, draw: asker.draw }]);
  if (priced === null || priced === undefined || priced instanceof Error) throw toGatewayError(priced);
  return priced;
}

function offersOf(sources: OfferSources, asker: Asker, asked: LimitedRequest): OfferQuestion {
  return asked.operation === 'COMPLETION'
    ? completionOffers(sources, asker, asked.request)
    : embeddingOffers(sources, asker, [asked.request]);
}

interface PlacedCall {
  readonly call: DrawnCall;
  readonly place: number;
}

function toCandidate(sources: OfferSources, principal: Principal, { call, place }: PlacedCall): Candidate | Error {
  const { limits, request, draw } = call;
  if (request instanceof Error) return request;
  try {
    const question = offersOf(sources, { principal, draw }, request);
    const { routes, considered } = question.rank(null);
    if (routes.length === 0) return noRoute(considered);
    const { maxCost } = request.request;
    const own: readonly CostLimit[] = maxCost === null ? [] : [{ most: maxCost, on: 'CALL' }];
    return { place, question, limits: [...own, ...limits], least: leastOf(routes) };
  } catch (error) {
    return toGatewayError(error);
  }
}

function leastOf(routes: readonly Route[]): Nanodollars | null {
  return routes.reduce<Nanodollars | null>(
    (least, { floor }) => (floor !== null && (least === null || floor < least) ? floor : least),
    null,
  );
}

/** Those whose least worst cases fit their limits. A field's limit that does not fit refuses its calls, the operation's refuses all. */
function withinLimits(candidates: readonly Candidate[], refuse: (candidate: Candidate, refusal: Error) => void): readonly Candidate[] {
  let left = candidates;
  for (const on of ['CALL', 'FIELD', 'OPERATION'] as const) {
    const limits = new Set(left.flatMap((candidate) => candidate.limits.filter((limit) => limit.on === on)));
    for (const limit of limits) {
      const under = left.filter((candidate) => candidate.limits.includes(limit));
      const worst = sum(under.map(({ least }) => least));
      if (worst !== null && worst <= limit.most) continue;
      const refusal = costLimit(limit, worst);
      if (on === 'OPERATION') throw refusal;
      for (const candidate of under) refuse(candidate, refusal);
      left = left.filter((candidate) => !under.includes(candidate));
    }
  }
  return left;
}

/** Null when one is. */
function sum(amounts: readonly (Nanodollars | null)[]): Nanodollars | null {
  return amounts.reduce((total, amount) => (total === null || amount === null ? null : total + amount), 0n);
}

interface SharingCall {
  readonly place: number;
  readonly alias: string | null;
  readonly ranking: Ranking;
  readonly shares: readonly Share[];
  /** What it would like beyond its least: for a dearer offer that it prefers, or a longer answer. Null: no bound. */
  readonly wish: Nanodollars | null;
}

function shareOut(candidates: readonly Candidate[]): readonly { readonly place: number; readonly priced: PricedCall }[] {
  const allowances = new Map<CostLimit, Allowance>();
  const calls = candidates.map((candidate) => toSharing(candidate, allowances));
  const waiting = new Map<Allowance, number>();
  for (const { shares } of calls) for (const { allowance } of shares) waiting.set(allowance, (waiting.get(allowance) ?? 0) + 1);
  // Who wishes for little goes first, so that what it leaves is shared among the others.
  for (const { shares, wish } of calls.toSorted(byWish)) {
    const fair = shares.map(({ allowance }) => allowance.free / BigInt(waiting.get(allowance) ?? 1));
    const more = fair.reduce((least, part) => (least === null || part < least ? part : least), wish) ?? 0n;
    for (const share of shares) {
      setAside(share, more);
      waiting.set(share.allowance, (waiting.get(share.allowance) ?? 1) - 1);
    }
  }
  return calls.map(({ place, alias, ranking, shares: [first, ...others] }) => {
    const spending = first === undefined ? null : createSpending([first, ...others]);
    return { place, priced: { alias, ranking: paidWholeFirst(ranking, spending), spending } };
  });
}

function toSharing({ place, question, limits, least }: Candidate, allowances: Map<CostLimit, Allowance>): SharingCall {
  const shares = limits.map((limit) => {
    const allowance = allowances.get(limit) ?? createAllowance(limit);
    allowances.set(limit, allowance);
    const share: Share = { allowance, reserved: 0n };
    setAside(share, least ?? 0n);
    return share;
  });
  const tightest = limits.reduce<Nanodollars | null>((most, limit) => (most === null || limit.most < most ? limit.most : most), null);
  const ranking = question.rank(tightest);
  const most = ranking.routes[0]?.most ?? null;
  return { place, alias: question.alias, ranking, shares, wish: most === null ? null : most - (least ?? 0n) };
}

function byWish(left: SharingCall, right: SharingCall): number {
  if (left.wish === null || right.wish === null) return Number(left.wish === null) - Number(right.wish === null);
  return Number(left.wish > right.wish) - Number(left.wish < right.wish);
}

/** Offers on which the call's share pays the cap that it asks for come before those on which its answer would have to be shorter. */
function paidWholeFirst(ranking: Ranking, spending: Spending | null): Ranking {
  if (spending === null) return ranking;
  const { room } = spending;
  const pays = ({ floor }: Route) => floor !== null && floor <= room;
  return { ...ranking, routes: [...ranking.routes.filter(pays), ...ranking.routes.filter((route) => !pays(route))] };
}
