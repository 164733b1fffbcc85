/** A replica of nothing but quotas: it holds and settles as fast as it may for some time, and tells when it held how much. */
import { argv } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Budget } from '../../src/domain/budget.ts';
import { toId } from '../../src/domain/id.ts';
import { createQuotaPool } from '../../src/gateway/quota.ts';
import type { StoreLocation } from '../../src/store/store.ts';
import { openStore } from '../../src/store/store.ts';
import { createClock } from '../../src/system/clock.ts';
import { silentLog } from './silentLog.ts';
import { nextId } from './tenancySeed.ts';

export interface RateChildInput {
  readonly location: StoreLocation;
  /** All of them limits of a minute; their amounts come as text. */
  readonly budgets: readonly (Omit<Budget, 'limit'> & { readonly limit: string })[];
  readonly slidingMs: number;
  readonly parallel: number;
  readonly runMs: number;
}

/** One hold: milliseconds since 1970, and how much of each budget was used, in their order. */
export type RateMoment = readonly [at: number, ...amounts: readonly number[]];

/** What a call may use of a limit of tokens. */
const mostTokens = 100;

// The test that starts this process has written it.
const { location, budgets: written, slidingMs, parallel, runMs } = JSON.parse(argv[2] ?? '') as RateChildInput;
const budgets = written.map((budget): Budget => ({ ...budget, limit: BigInt(budget.limit) }));
const clock = createClock();
await using store = await openStore({ location, clock, log: silentLog });
await using pool = createQuotaPool({
  store: store.quotas,
  replicaId: toId(nextId()),
  clock,
  log: silentLog,
  slidingMs,
});
const moments: RateMoment[] = [];
const until = performance.now() + runMs;

async function call(number: number): Promise<void> {
  const tokens = 1 + (number % mostTokens);
  const claims = budgets.map((budget) => ({ budget, amount: BigInt(budget.meter === 'TOKENS' ? mostTokens : 1) }));
  const held = await pool.hold(claims);
  moments.push([performance.timeOrigin + performance.now(), ...budgets.map(({ meter }) => (meter === 'TOKENS' ? tokens : 1))]);
  // Now and then one that takes longer than the window.
  await pause(number % 97 === 0 ? slidingMs * 1.2 : number % 20);
  held.settle({ REQUESTS: 1n, TOKENS: BigInt(tokens) });
}

async function work(worker: number): Promise<void> {
  for (let number = worker; performance.now() < until; number += 7) await call(number).catch(() => pause(slidingMs / 500));
}

await Promise.all(Array.from({ length: parallel }, (_, worker) => work(worker)));
process.send?.(moments);
