import type { Budget, Quota } from '../domain/budget.ts';
import type { BudgetId } from '../domain/id.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { EventCursor } from './cursor.ts';
import { iterate } from './cursor.ts';
import type { QuotaPool } from './quota.ts';

export interface QuotaWatchParts {
  readonly pool: Pick<QuotaPool, 'glance'>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface WatchedQuotas {
  /** As they are now: told first. */
  readonly present: readonly Quota[];
  /** The budgets that are in force now. */
  budgets(): Promise<readonly Budget[]>;
}

/** A budget is told of no oftener. */
const everyMs = 250;

/**
 * Quotas as they change. What changed several times since it was read is read once, as it is last, so that a slow reader is behind by no more
 * than one state a budget. It looks instead of being told: what holds and settles pays nothing for it.
 */
export function watchQuotas({ pool, clock, log }: QuotaWatchParts, { present, budgets }: WatchedQuotas): EventCursor<Quota> {
  const told = new Map<BudgetId, Quota>();
  const news = new Map<BudgetId, Quota>();
  let waiting: (() => void) | null = null;
  let timer: Timer | null = null;
  let closed = false;

  function tell(quota: Quota): void {
    const { id } = quota.budget;
    const before = told.get(id);
    if (before !== undefined && isSame(before, quota)) return;
    told.set(id, quota);
    news.set(id, quota);
  }

  async function look(): Promise<void> {
    try {
      const inForce = await budgets();
      if (closed) return;
      for (const quota of pool.glance(inForce)) if (quota !== null) tell(quota);
      forgetOthers(told, inForce);
    } catch (error) {
      log.debug('The budgets that are watched could not be read; it is tried again.', { error });
    }
    lookLater();
    if (news.size > 0) wake();
  }

  function lookLater(): void {
    if (!closed) timer = clock.timer(everyMs, () => void look());
  }

  function wake(): void {
    const listener = waiting;
    waiting = null;
    listener?.();
  }

  for (const quota of present) tell(quota);
  lookLater();
  const cursor: EventCursor<Quota> = {
    read(most = Number.POSITIVE_INFINITY) {
      const read = [...news.values()].slice(0, most);
      for (const { budget } of read) news.delete(budget.id);
      return read;
    },
    get ended() {
      return closed;
    },
    wait(listener) {
      waiting = listener;
      if (closed || news.size > 0) wake();
    },
    close() {
      closed = true;
      timer?.clear();
      news.clear();
    },
    [Symbol.asyncIterator]: () => iterate(cursor),
  };
  return cursor;
}

/** What is not in force any more is remembered no longer. */
function forgetOthers(told: Map<BudgetId, Quota>, inForce: readonly Budget[]): void {
  if (told.size <= inForce.length) return;
  const ids = new Set(inForce.map(({ id }) => id));
  for (const id of told.keys()) if (!ids.has(id)) told.delete(id);
}

function isSame(left: Quota, right: Quota): boolean {
  const parts = [left, right].map(
    ({ budget, used, held, resetsAt, wouldRefuse }) => `${budget.limit} ${used} ${held} ${resetsAt} ${wouldRefuse?.count}`,
  );
  return parts[0] === parts[1];
}
