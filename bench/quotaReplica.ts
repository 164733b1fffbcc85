/** One replica of `bench/quota.ts`, a process of its own: admits calls under the limits of one key for some seconds, and tells how that went. */
import { randomUUID } from 'node:crypto';
import { argv } from 'node:process';
import { setImmediate as turn } from 'node:timers/promises';
import type { BudgetSubject } from '../src/domain/budget.ts';
import { toId } from '../src/domain/id.ts';
import { createBudgetBook } from '../src/gateway/budgetBook.ts';
import { createQuotaPool } from '../src/gateway/quota.ts';
import type { QuotaStore } from '../src/ports/quota.ts';
import { openStore } from '../src/store/store.ts';
import { createClock } from '../src/system/clock.ts';
import { createLog } from '../src/system/log.ts';

export interface ReplicaOrder {
  readonly url: string;
  readonly subject: BudgetSubject;
  readonly parallel: number;
  readonly warmUpMs: number;
  readonly measuredMs: number;
}

export interface ReplicaReading {
  readonly calls: number;
  readonly syncs: number;
  /** How many holds had to wait for the store. */
  readonly waited: number;
  /** Of an admission, in microseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Processor time of admission, settling and syncing, microseconds a call: what the same loop without them takes is not in it. */
  readonly cpu: number;
}

interface Loop {
  readonly took: number[];
  waited: number;
  cpu: number;
}

// `quota.ts` has written it.
const { url, subject, parallel, warmUpMs, measuredMs } = JSON.parse(argv[2] ?? '') as ReplicaOrder;
const amount = 30_000n;
const drawn = 10_000n;
const clock = createClock();
const log = createLog('warn');
await using store = await openStore({ location: { type: 'POSTGRES', url, directUrl: null, connections: 4 }, clock, log });
let syncs = 0;
const counted: QuotaStore = {
  ...store.quotas,
  sync(replicaId, reports) {
    syncs++;
    return store.quotas.sync(replicaId, reports);
  },
};
await using pool = createQuotaPool({ store: counted, replicaId: toId(randomUUID()), clock, log });
const book = createBudgetBook(store.budgets, clock);

/** Answers whether it had to wait. */
async function admit(loop: Loop, measured: boolean): Promise<void> {
  const before = performance.now();
  const covering = book.covering(subject);
  const budgets = covering instanceof Promise ? await covering : covering;
  const held = pool.hold(budgets.map((budget) => ({ budget, amount })));
  const hold = held instanceof Promise ? await held : held;
  if (measured) loop.took.push(performance.now() - before);
  if (measured && held instanceof Promise) loop.waited++;
  await turn();
  hold.settle({ SPEND: drawn });
}

async function nothing(loop: Loop, measured: boolean): Promise<void> {
  const before = performance.now();
  if (measured) loop.took.push(performance.now() - before);
  await turn();
}

async function run(work: typeof admit): Promise<Loop> {
  const loop: Loop = { took: [], waited: 0, cpu: 0 };
  const from = performance.now() + warmUpMs;
  const until = from + measuredMs;
  const start = setTimeout(() => (loop.cpu = cpuMicroseconds()), warmUpMs);
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (performance.now() < until) await work(loop, performance.now() >= from);
    }),
  );
  clearTimeout(start);
  loop.cpu = cpuMicroseconds() - loop.cpu;
  return loop;
}

function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function read({ took, waited, cpu }: Loop, empty: Loop): ReplicaReading {
  took.sort((left, right) => left - right);
  const at = (part: number) => Math.round((took[Math.floor(took.length * part)] ?? 0) * 100_000) / 100;
  const each = cpu / took.length - empty.cpu / empty.took.length;
  return { calls: took.length, syncs, waited, p50: at(0.5), p99: at(0.99), cpu: Math.round(each * 100) / 100 };
}

const empty = await run(nothing);
syncs = 0;
process.send?.(read(await run(admit), empty));
