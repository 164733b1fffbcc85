import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Budget } from '../../src/domain/budget.ts';
import { openStore } from '../../src/store/store.ts';
import { createClock } from '../../src/system/clock.ts';
import { createTestDatabase } from './database.ts';
import type { Moment } from './quotaTruth.ts';
import type { RateChildInput, RateMoment } from './rateChild.ts';
import { newAct, newBudget, seedTenancy } from './tenancySeed.ts';

export interface RateRun extends Pick<RateChildInput, 'slidingMs' | 'parallel' | 'runMs'> {
  readonly limits: readonly Pick<Budget, 'meter' | 'limit'>[];
}

const replicaCount = 3;
const child = new URL('./rateChild.ts', import.meta.url);

/** What three processes on one PostgreSQL used, of each limit in their order. */
export async function runRates({ limits, ...plan }: RateRun): Promise<readonly (readonly Pick<Moment, 'at' | 'amount'>[])[]> {
  await using database = await createTestDatabase('POSTGRES');
  await using store = await openStore({ location: database.location, clock: createClock() });
  const tenancy = await seedTenancy(store);
  const budgets = limits.map((limit) => newBudget(tenancy, { ...limit, window: 'MINUTE' }));
  for (const budget of budgets) await store.budgets.create(budget, newAct('CREATE_BUDGET'));
  const written = budgets.map((budget) => ({ ...budget, limit: String(budget.limit) }));
  const input: RateChildInput = { location: database.location, budgets: written, ...plan };
  const told = await Promise.all(Array.from({ length: replicaCount }, () => runChild(input)));
  return budgets.map((_, index) => told.flat().map(([at, ...amounts]) => ({ at, amount: BigInt(amounts[index] ?? 0) })));
}

async function runChild(input: RateChildInput): Promise<readonly RateMoment[]> {
  const started = fork(child, [JSON.stringify(input)], { execArgv: [] });
  const ended = once(started, 'exit');
  const [moments]: readonly (readonly RateMoment[])[] = await Promise.race([once(started, 'message'), ended.then(() => [[]])]);
  await ended;
  return moments ?? [];
}
