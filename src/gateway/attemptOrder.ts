import { GatewayError } from '../domain/errors.ts';
import type { CallAccount, Reading } from './account.ts';
import { mayHelp } from './fallback.ts';
import type { Route } from './router.ts';

/** An attempt that is held and written down, and may run. */
export interface ReadyAttempt {
  /** Its place among the routes. */
  readonly index: number;
  readonly route: Route;
  readonly reading: Reading;
}

/** What may be tried, best first, and on whose account. */
export interface AttemptOrder {
  readonly routes: readonly Route[];
  readonly account: CallAccount;
  /** As the caller asked; 0 for embeddings. */
  readonly maxOutputTokens: number | null;
}

/** The best offer that the caller's budgets afford; throws the refusal of the best one when none is. */
export function firstAttempt(order: AttemptOrder): Promise<ReadyAttempt> {
  return beginOne(order, () => true);
}

/** The next offer that helps after this failure and can be paid for; null when the failure is final. */
export async function nextAttempt(order: AttemptOrder, failed: ReadyAttempt, error: GatewayError): Promise<ReadyAttempt | null> {
  const helps = (route: Route, index: number) => index > failed.index && mayHelp(error, failed.route, route);
  if (!order.routes.some(helps)) return null;
  // What keeps a further attempt from being tried must not hide why the call fails.
  return beginOne(order, helps).catch(() => null);
}

async function beginOne(
  { routes, account, maxOutputTokens }: AttemptOrder,
  helps: (route: Route, index: number) => boolean,
): Promise<ReadyAttempt> {
  let refusal: unknown = null;
  for (const [index, route] of routes.entries()) {
    if (!helps(route, index)) continue;
    try {
      return { index, route, reading: await account.begin(route, maxOutputTokens) };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

function isRefusal(error: unknown): boolean {
  return error instanceof GatewayError && (error.code === 'QUOTA_EXHAUSTED' || error.code === 'RATE_LIMITED');
}
