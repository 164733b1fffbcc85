import type { ErrorCode } from '../domain/errors.ts';
import { GatewayError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { CallAccount, Reading } from './account.ts';
import type { Waiting } from './fallback.ts';
import { mayHelp, mostTries, waitBefore } from './fallback.ts';
import type { OfferHealth } from './offerHealth.ts';
import type { Route } from './router.ts';

/** An attempt that is held and written down, and may run. */
export interface ReadyAttempt {
  readonly route: Route;
  readonly reading: Reading;
}

/** What may be tried, best first, and on whose account. */
export interface AttemptPlan {
  readonly routes: readonly Route[];
  readonly account: CallAccount;
  /** As the caller asked; 0 for embeddings. */
  readonly maxOutputTokens: number | null;
}

export interface AttemptParts extends Waiting {
  readonly clock: Clock;
  readonly health: OfferHealth;
  /** How often a call may try, all offers together. */
  readonly mostAttempts: number;
}

/** The attempts of one call, one after another. */
export interface AttemptOrder {
  /** The best offer that the caller's budgets afford; throws the refusal of the best one when none is, NO_ROUTE when all keep failing. */
  first(): Promise<ReadyAttempt>;
  /** What helps after this failure: another offer, else the same once more after a wait; null when the failure is final. */
  next(failed: ReadyAttempt, error: GatewayError, limits: AttemptLimits): Promise<ReadyAttempt | null>;
}

export interface AttemptLimits {
  /** Monotonic time at which the call must be done. */
  readonly deadline: number;
  /** Aborted when nobody waits for the call any more. */
  readonly signal: AbortSignal;
}

/** What became of an offer in this call. */
interface Tried {
  readonly route: Route;
  readonly tries: number;
  /** How it failed last. */
  readonly error: GatewayError;
  /** Monotonic time from which it may be asked again. */
  readonly readyAt: number;
}

export function createAttemptOrder(parts: AttemptParts, { routes, account, maxOutputTokens }: AttemptPlan): AttemptOrder {
  const { clock, health, mostAttempts } = parts;
  const tried = new Map<Route, Tried>();
  /** Those that the caller's budgets do not afford. */
  const refused = new Set<Route>();
  let attempts = 0;

  /** The first of these that is let through and can be paid for; null when none is left. */
  async function begin(candidates: readonly Route[]): Promise<ReadyAttempt | null> {
    let refusal: unknown = null;
    for (const route of candidates) {
      if (!health.claim(route.offer.id)) continue;
      try {
        return { route, reading: await account.begin(route, maxOutputTokens) };
      } catch (error) {
        health.left(route.offer.id);
        if (!isRefusal(error)) throw error;
        refused.add(route);
        refusal ??= error;
      }
    }
    if (refusal !== null) throw refusal;
    return null;
  }

  function note({ route }: ReadyAttempt, error: GatewayError): void {
    const tries = (tried.get(route)?.tries ?? 0) + 1;
    tried.set(route, { route, tries, error, readyAt: clock.monotonic() + waitBefore(error, tries, parts) });
  }

  function helps(route: Route): boolean {
    for (const failed of tried.values()) if (failed.route !== route && !mayHelp(failed.error, failed.route, route)) return false;
    return !refused.has(route);
  }

  /** Those that may be asked again in time, the one that is ready first at the head. */
  function again(deadline: number): readonly Tried[] {
    return [...tried.values()]
      .filter(({ route, tries, error, readyAt }) => tries < mostTries(error) && readyAt < deadline && helps(route))
      .sort((left, right) => left.readyAt - right.readyAt);
  }

  return {
    async first() {
      attempts++;
      const ready = await begin(routes);
      if (ready === null) throw health.closedTo(routes.map(({ offer }) => offer));
      return ready;
    },
    async next(failed, error, { deadline, signal }) {
      note(failed, error);
      if (attempts >= mostAttempts || clock.monotonic() >= deadline) return null;
      attempts++;
      try {
        const elsewhere = await begin(routes.filter((route) => !tried.has(route) && helps(route)));
        if (elsewhere !== null) return elsewhere;
      } catch (thrown) {
        // What keeps a further attempt from being tried must not hide why the call fails.
        if (!isRefusal(thrown)) return null;
      }
      const [soonest] = again(deadline);
      if (soonest === undefined || !(await pause(clock, soonest.readyAt - clock.monotonic(), signal))) return null;
      return begin([soonest.route]).catch(() => null);
    },
  };
}

/** Another offer may be cheaper. */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['QUOTA_EXHAUSTED', 'RATE_LIMITED', 'COST_LIMIT']);

function isRefusal(error: unknown): boolean {
  return error instanceof GatewayError && refusals.has(error.code);
}

/** False: it was broken off. */
function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const timer = clock.timer(Math.max(0, Math.ceil(ms)), () => end(true));
    const leave = () => end(false);
    const end = (whole: boolean) => {
      timer.clear();
      signal.removeEventListener('abort', leave);
      resolve(whole);
    };
    signal.addEventListener('abort', leave, { once: true });
  });
}
