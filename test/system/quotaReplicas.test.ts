import { beforeEach, expect, it } from 'vitest';
import { serverUrl, whyNot } from '../support/database.ts';
import { openLosingProxy } from '../support/losingProxy.ts';
import type { Books, Limit, QuotaReplicas, Spending } from '../support/quotaReplicas.ts';
import { spendAll, startQuotaReplicas } from '../support/quotaReplicas.ts';

beforeEach(async ({ skip }) => {
  const reason = await whyNot('POSTGRES');
  if (reason !== null) skip(reason);
});

const parallel = 40;
const most = 4_000_000n;
const money: Limit = { meter: 'SPEND', limit: { usd: '0.004' } };
const calls: Limit = { meter: 'REQUESTS', limit: { count: '300' } };

function spendOnAll({ gateways, secret }: QuotaReplicas, onAnswer: () => void = () => undefined): Promise<readonly Spending[]> {
  return Promise.all(gateways.map((gateway) => spendAll(gateway, secret, { parallel, onAnswer })));
}

/** The windows say what the ledger says, to the last unit, and nothing is out any more. */
function expectExact({ windows }: Books): void {
  expect(windows).toHaveLength(3);
  for (const { spent, leased, overrun, drawn } of windows)
    expect({ spent, leased, overrun }).toEqual({ spent: drawn, leased: 0n, overrun: 0n });
}

/** What the replicas told the operator, each line a budget and a percentage. */
function thresholdsTold({ gateways }: QuotaReplicas): readonly string[] {
  const lines = gateways.flatMap((gateway) => gateway.logs().split('\n')).filter((line) => line.includes('has reached a threshold'));
  return lines.map((line) => JSON.parse(line)).map(({ budgetId, percent }) => `${budgetId} ${percent}`);
}

function expectUsedUp({ cost }: Books): void {
  expect(cost).toBeLessThanOrEqual(most);
  expect(cost).toBeGreaterThanOrEqual((most * 99n) / 100n);
}

it('three replicas spend a budget of money to the last hundredth and not a nanodollar more', async () => {
  await using replicas = await startQuotaReplicas([money]);
  const spendings = await spendOnAll(replicas);
  expect(spendings.map(({ exhausted }) => exhausted)).toEqual([true, true, true]);
  await replicas.stop();
  const books = await replicas.books();
  expect(books.cost).toBe(spendings.reduce((sum, { cost }) => sum + cost, 0n));
  expectUsedUp(books);
  expectExact(books);
});

it('three replicas let exactly as many calls through as the limit says', async () => {
  await using replicas = await startQuotaReplicas([calls]);
  const spendings = await spendOnAll(replicas);
  expect(spendings.reduce((sum, { answers }) => sum + answers, 0)).toBe(300);
  await replicas.stop();
  const books = await replicas.books();
  expect(books.calls).toBe(300n);
  expectExact(books);
  const told = thresholdsTold(replicas);
  expect(new Set(told).size).toBe(told.length);
  expect(told.filter((line) => line.endsWith(' 100'))).toHaveLength(3);
});

it('nothing is overspent while connections break and answers of the database are lost', async () => {
  await using proxy = await openLosingProxy(Number(new URL(serverUrl).port || 5432));
  const through = (url: string) => Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(proxy.port) }).href;
  await using replicas = await startQuotaReplicas([money], through);
  proxy.loseEvery = 20;
  const broken: Promise<void>[] = [];
  let answers = 0;
  const spendings = await spendOnAll(replicas, () => {
    answers++;
    if (answers % 40 === 0) broken.push(replicas.breakConnections());
  });
  await Promise.all(broken);
  proxy.loseEvery = 0;
  expect(proxy.lost).toBeGreaterThan(0);
  await replicas.stop();
  const books = await replicas.books();
  expect(books.cost).toBe(spendings.reduce((sum, { cost }) => sum + cost, 0n));
  expectUsedUp(books);
  expectExact(books);
});

it('nothing is overspent while a replica dies, what it had out is charged, and its next start gives back what it did not use', async () => {
  await using replicas = await startQuotaReplicas([money]);
  let answers = 0;
  let silenced: Promise<void> | null = null;
  const spendings = await spendOnAll(replicas, () => {
    answers++;
    if (answers === 60) silenced = replicas.gateways[0]?.kill('SIGKILL').then(() => replicas.silence(0)) ?? null;
  });
  await silenced;
  expect(spendings.map(({ exhausted }) => exhausted)).toEqual([false, true, true]);
  const charged = await replicas.books();
  expect(charged.windows.every(({ spent, drawn }) => spent <= most && drawn <= spent)).toBe(true);

  await replicas.restart(0);
  await spendOnAll(replicas);
  await replicas.stop();
  const books = await replicas.books();
  expectUsedUp(books);
  expectExact(books);
});
