import type { Nanodollars } from '../domain/money.ts';

/** What an operation, or one of its fields, may cost with all of its calls (`@maxCost`). Calls that share the limit name the same object. */
export interface CostLimit {
  readonly most: Nanodollars;
  readonly on: 'OPERATION' | 'FIELD' | 'CALL';
}

/**
 * The account of one limit: one more strict budget, in memory, as long as its calls run. What is free, set aside for calls, held by attempts
 * and spent is together always the limit, so that no interleaving of calls and retries costs more.
 */
export interface Allowance {
  readonly limit: CostLimit;
  /** Neither set aside, nor held, nor spent. Below 0 only where a provider ignored its cap. */
  free: Nanodollars;
}

/** One call's draw on all the limits that it is under. */
export interface Spending {
  /** The most that an attempt may cost now. */
  readonly room: Nanodollars;
  /** The limit that leaves the least room. */
  readonly tightest: CostLimit;
  /** The caller has looked at `room` in the same step. */
  hold(amount: Nanodollars): SpendHold;
  /** The call has ended: what was set aside for it is the others'. */
  release(): void;
}

export interface SpendHold {
  /** Once. */
  settle(actual: Nanodollars): void;
}

/** What one allowance keeps for one call alone. */
export interface Share {
  readonly allowance: Allowance;
  reserved: Nanodollars;
}

export function createAllowance(limit: CostLimit): Allowance {
  return { limit, free: limit.most };
}

export function setAside(share: Share, amount: Nanodollars): void {
  share.allowance.free -= amount;
  share.reserved += amount;
}

/** `shares`: one or more. */
export function createSpending(shares: readonly [Share, ...Share[]]): Spending {
  let released = false;
  const [first, ...others] = shares;
  const tightest = () => others.reduce<Share>((least, share) => (roomOf(share) < roomOf(least) ? share : least), first);
  return {
    get room() {
      return roomOf(tightest());
    },
    get tightest() {
      return tightest().allowance.limit;
    },
    hold(amount) {
      const parts = shares.map((share) => ({ share, own: take(share, amount) }));
      return {
        settle(actual) {
          for (const { share, own } of parts) giveBack(share, amount - actual, released ? 0n : own);
        },
      };
    },
    release() {
      released = true;
      for (const share of shares) setAside(share, -share.reserved);
    },
  };
}

function roomOf({ reserved, allowance }: Share): Nanodollars {
  return reserved + allowance.free;
}

/** What is set aside goes first. Answers how much of it went. */
function take(share: Share, amount: Nanodollars): Nanodollars {
  const own = share.reserved < amount ? share.reserved : amount;
  share.reserved -= own;
  share.allowance.free -= amount - own;
  return own;
}

/** What was set aside is set aside again, for the call's next attempt; the rest is anybody's. */
function giveBack(share: Share, amount: Nanodollars, own: Nanodollars): void {
  const kept = amount < 0n ? 0n : smaller(own, amount);
  share.reserved += kept;
  share.allowance.free += amount - kept;
}

function smaller(left: Nanodollars, right: Nanodollars): Nanodollars {
  return left < right ? left : right;
}
