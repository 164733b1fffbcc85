/**
 * A process that begins and ends calls until it is killed. Each line that it writes names a call and says what the ledger has promised of it:
 * `b` that it has begun, `e` that it has ended.
 */
import { join } from 'node:path';
import { argv } from 'node:process';
import type { BudgetId, ReplicaId } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import { openLedger } from '../../src/store/ledger/ledger.ts';
import type { StoreLocation } from '../../src/store/store.ts';
import { openStore } from '../../src/store/store.ts';
import { createClock } from '../../src/system/clock.ts';
import { nothingToReport } from './leaseReports.ts';
import { silentLog } from './silentLog.ts';
import type { Tenancy } from './tenancySeed.ts';
import { endedAttempt, newAttempt, newCall, newUsage, nextId } from './tenancySeed.ts';

export interface LedgerChildInput {
  readonly location: StoreLocation;
  readonly folder: string;
  readonly tenancy: Tenancy;
  readonly budgetId: BudgetId;
  readonly parallel: number;
  /** Milliseconds between a call's beginning and its end. */
  readonly callMs: number;
}

// The test that starts this process has written it.
const { location, folder, tenancy, budgetId, parallel, callMs } = JSON.parse(argv[2] ?? '') as LedgerChildInput;
const clock = createClock();
const replicaId = toId<ReplicaId>(nextId());
const store = await openStore({ location, clock });
const ledger = await openLedger({ folder: join(folder, 'wal'), replicaId, database: store.database, clock, log: silentLog });

async function call(number: number): Promise<void> {
  const start = newCall(tenancy, { replicaId, startedAt: clock.now() });
  const draw = (amount: bigint) => [{ budgetId, periodStart: 0, amount }];
  await ledger.begin(start, newAttempt(start, { holds: draw(20n), mostCost: 20n }));
  process.stdout.write(`b ${start.id}\n`);
  await new Promise((resolve) => setTimeout(resolve, callMs));
  await ledger.end(newUsage(start, { attempts: [endedAttempt({})], draws: draw(BigInt(number % 20)) }));
  process.stdout.write(`e ${start.id}\n`);
}

async function work(): Promise<void> {
  for (let number = 0; ; number += 1) {
    if (number % 100 === 0) {
      await store.quotas.sync(replicaId, [{ ...nothingToReport, budgetId, want: 2000n }]);
    }
    await call(number);
  }
}

/** So that, whenever the process is killed, a call is open. */
async function beginForEver(): Promise<void> {
  const start = newCall(tenancy, { replicaId, startedAt: clock.now() });
  await ledger.begin(start, newAttempt(start, { holds: [{ budgetId, periodStart: 0, amount: 20n }], mostCost: 20n }));
  process.stdout.write(`b ${start.id}\n`);
}

await beginForEver();
await Promise.all(Array.from({ length: parallel }, work));
