import { expect } from 'vitest';
import { readUsd, writeUsd } from '../../src/domain/money.ts';
import type { Generated } from './countingServer.ts';
import type { KillReport, LedgerRow } from './killRounds.ts';
import { prices } from './killRounds.ts';

/** Compares what clients, the provider and the ledger say. */
export function expectExactBooks(report: KillReport): void {
  const { answered, begun, generated, rows } = report;
  const byId = new Map(rows.map((row) => [row.id, row]));
  expect(byId.size).toBe(rows.length);
  // Whatever a client had stands there as it had it.
  expect([...answered.values()].filter(({ id, cost }) => byId.get(id)?.cost?.total !== cost?.total)).toEqual([]);
  expect([...answered.keys()].filter((id) => byId.get(id)?.state !== 'SUCCEEDED')).toEqual([]);
  expect([...begun].filter((id) => !byId.has(id))).toEqual([]);

  const ended = rows.filter(({ state }) => state === 'SUCCEEDED');
  const bills = ended.map((row) => [row, generated.get(row.attempts[0]?.providerRequestId ?? '')] as const);
  expect(bills.filter(([row, bill]) => bill?.complete !== true || !isBill(row, bill))).toEqual([]);
  // Nothing that the provider was asked for is booked twice, and nothing is missing.
  expect(new Set(bills.map(([, bill]) => bill?.id)).size).toBe(ended.length);
  expect(rows.length).toBeGreaterThanOrEqual(generated.size);

  const cut = rows.filter(({ state }) => state !== 'SUCCEEDED');
  expect(cut.length).toBeGreaterThan(0);
  expect(cut.filter((row) => !isHeld(row, report.most))).toEqual([]);

  const sum = writeUsd(rows.reduce((total, { cost }) => total + (readUsd(cost?.total ?? '0') ?? 0n), 0n));
  expect(report.usage).toMatchObject({ requests: rows.length, cost: sum });
  expect([...report.quotas].sort((left, right) => left.meter.localeCompare(right.meter))).toEqual([
    { meter: 'REQUESTS', used: String(rows.length), held: '0' },
    { meter: 'SPEND', used: sum, held: '0' },
  ]);
}

/** Worked out from the provider's own numbers, rounded up once. */
function isBill({ usage, cost }: LedgerRow, { inputTokens, outputTokens }: Generated): boolean {
  const picodollars = BigInt(inputTokens) * prices.input + BigInt(outputTokens) * prices.output;
  const nanodollars = (picodollars + 999n) / 1000n;
  return usage.inputTokens === inputTokens && usage.outputTokens === outputTokens && cost?.total === writeUsd(nanodollars);
}

function isHeld({ state, error, cost }: LedgerRow, most: string): boolean {
  return state === 'UNKNOWN' && error?.code === 'OUTCOME_UNKNOWN' && cost?.total === most;
}
