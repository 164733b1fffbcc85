import { describe, expect, it } from 'vitest';
import { toId } from '../../src/domain/id.ts';
import type { Booked } from '../../src/domain/reconciliation.ts';
import { differenceOf, percentOf, reconcile, statusOf } from '../../src/domain/reconciliation.ts';

function billed(day: string, model: string, amount: bigint) {
  return { day, model, amount, tokens: null };
}

function booked(day: string, amount: bigint, changes: Partial<Booked> = {}): Booked {
  const names = { answeredModel: null, providerModel: 'chat', model: toId<Booked['model']>('acme/chat') };
  return { day, ...names, amount, tokens: 10n, attempts: 1, unpriced: 0, unknown: 0, ...changes };
}

describe('a reconciliation', () => {
  it('puts each day and model of both sides beside each other, exactly', () => {
    const { rows, totals } = reconcile(
      [billed('2026-10-01', 'chat', 100n), billed('2026-10-02', 'chat', 50n), billed('2026-10-01', '', 7n)],
      [booked('2026-10-01', 90n), booked('2026-10-03', 5n, { unknown: 1 })],
      ['DAY', 'MODEL'],
    );
    expect(rows.map((row) => [row.day, row.model, statusOf(row), row.billed, row.booked, differenceOf(row), percentOf(row)])).toEqual([
      ['2026-10-01', null, 'ONLY_BILLED', 7n, null, null, null],
      ['2026-10-01', 'chat', 'MATCHED', 100n, 90n, 10n, 10],
      ['2026-10-02', 'chat', 'ONLY_BILLED', 50n, null, null, null],
      ['2026-10-03', 'chat', 'ONLY_BOOKED', null, 5n, null, null],
    ]);
    expect(totals).toMatchObject({ day: null, model: null, billed: 157n, booked: 95n, attempts: 2, unknown: 1 });
  });

  it('meets by the first of an attempt’s names that the bill has', () => {
    const names = { answeredModel: 'chat-2026-01-01', providerModel: 'chat' };
    const modelOf = (...models: readonly string[]) =>
      reconcile(
        models.map((model) => billed('2026-10-01', model, 1n)),
        [booked('2026-10-01', 1n, names)],
        ['MODEL'],
      ).rows.find((row) => row.booked !== null)?.model;
    expect(modelOf('chat', 'chat-2026-01-01', 'acme/chat')).toBe('chat-2026-01-01');
    expect(modelOf('acme/chat', 'chat')).toBe('chat');
    expect(modelOf('acme/chat')).toBe('acme/chat');
    expect(modelOf('other')).toBe('chat-2026-01-01');
  });

  it('sums what it is not grouped by', () => {
    const bill = [billed('2026-10-01', 'chat', 2n), billed('2026-10-02', 'other', -1n)];
    const book = [booked('2026-10-02', 3n), booked('2026-10-01', 4n)];
    expect(reconcile(bill, book, ['DAY']).rows.map(({ day, model, billed, booked }) => [day, model, billed, booked])).toEqual([
      ['2026-10-01', null, 2n, 4n],
      ['2026-10-02', null, -1n, 3n],
    ]);
    expect(reconcile(bill, book, []).rows).toMatchObject([{ day: null, model: null, billed: 1n, booked: 7n, bookedTokens: 20n }]);
    expect(reconcile([], [], []).rows).toEqual([]);
  });

  it('says how far apart the sides are in percent of the bill, to four places', () => {
    const percent = (bill: bigint, book: bigint) =>
      percentOf(reconcile([billed('2026-10-01', 'chat', bill)], [booked('2026-10-01', book)], []).totals);
    expect(percent(3n, 2n)).toBe(33.3333);
    expect(percent(9_007_199_254_740_993n, 9_007_199_254_740_993n)).toBe(0);
    expect(percent(100n, 150n)).toBe(-50);
    expect(percent(0n, 1n)).toBe(null);
  });
});
