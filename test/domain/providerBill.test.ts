import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/domain/csv.ts';
import { readBilledUsd } from '../../src/domain/money.ts';
import type { BillColumns, BilledLine } from '../../src/domain/providerBill.ts';
import { createBillReader } from '../../src/domain/providerBill.ts';

const columns: BillColumns = {
  day: 'day',
  model: 'model',
  amount: 'usd',
  currency: null,
  key: null,
  inputTokens: null,
  outputTokens: null,
};

function read(text: string, changes: Partial<BillColumns> = {}): readonly BilledLine[] {
  const [header, ...records] = readCsv(text, { mostFields: 10, mostFieldLength: 1000 });
  if (header === undefined) throw new Error('There is no header.');
  const reader = createBillReader(header, { ...columns, ...changes });
  return records.map(reader.read);
}

function refusal(text: string, changes: Partial<BillColumns> = {}): unknown {
  try {
    return read(text, changes);
  } catch (thrown) {
    return thrown;
  }
}

describe('a bill', () => {
  it('has its columns wherever the header names them', () => {
    const text = 'note, usd ,model,day,in,out,what,money\nx,0.5,m,2026-10-01T00:00:00Z,10,,p1,usd\n';
    const all = { currency: 'money', key: 'what', inputTokens: 'in', outputTokens: 'out' };
    expect(read(text, all)).toEqual([
      { day: '2026-10-01', model: 'm', key: 'p1', amount: 500_000_000n, inputTokens: 10n, outputTokens: null },
    ]);
  });

  it('numbers the lines of one day and model where nothing else tells them apart', () => {
    const text = 'day,model,usd\n2026-10-01,m,1\n2026-10-01,m,1\n2026-10-02,m,1\n2026-10-01,n,1\n';
    expect(read(text).map(({ key }) => key)).toEqual(['1', '2', '1', '1']);
  });

  it('takes what looks like a formula for the text that it is', () => {
    expect(read('day,model,usd\n2026-10-01,"=HYPERLINK(""x"")",1\n')[0]?.model).toBe('=HYPERLINK("x")');
  });

  it.each([
    ['2026-02-30,m,1', 'The day is no calendar day such as 2026-01-31.'],
    ['10/01/2026,m,1', 'The day is no calendar day such as 2026-01-31.'],
    ['2026-10-01T05:00:00Z,m,1', 'The day is no calendar day such as 2026-01-31.'],
    ['2026-10-01,m,$1', 'The amount is no decimal number such as 12.345, or beyond 1,000,000,000 dollars.'],
    ['2026-10-01,m,"1,000"', 'The amount is no decimal number such as 12.345, or beyond 1,000,000,000 dollars.'],
    ['2026-10-01,m,', 'The amount is no decimal number such as 12.345, or beyond 1,000,000,000 dollars.'],
    ['2026-10-01,m', 'There are 2 fields, where the header has 3.'],
    [`2026-10-01,${'m'.repeat(257)},1`, 'The model has more than 256 characters, or control characters.'],
    ['2026-10-01,"m\n",1', null],
    ['2026-10-01,"m\u0007n",1', 'The model has more than 256 characters, or control characters.'],
  ])('refuses %j, naming the line', (line, sentence) => {
    const answer = refusal(`day,model,usd\n2026-10-01,m,1\n${line}\n`);
    if (sentence === null) expect(answer).toHaveLength(2);
    else expect(answer).toMatchObject({ code: 'INVALID_REQUEST', message: `Line 3: ${sentence}`, details: { line: 3 } });
  });

  it('refuses another currency, tokens that are no numbers, and a key that comes twice', () => {
    expect(refusal('day,model,usd,c\n2026-10-01,m,1,EUR', { currency: 'c' })).toMatchObject({
      message: 'Line 2: The currency is not USD.',
    });
    expect(refusal('day,model,usd,in\n2026-10-01,m,1,1.5', { inputTokens: 'in' })).toMatchObject({ details: { line: 2 } });
    expect(refusal('day,model,usd,k\n2026-10-01,m,1,a\n2026-10-01,m,2,a', { key: 'k' })).toMatchObject({
      message: 'Line 3: The day, model and key are those of line 2.',
    });
  });

  it('refuses a header that lacks a column, or has it twice', () => {
    expect(refusal('day,usd\n')).toMatchObject({ code: 'INVALID_REQUEST', details: { path: 'mapping.model', line: 1 } });
    expect(refusal('day,model,usd,usd\n')).toMatchObject({ details: { path: 'mapping.amount' } });
  });
});

describe('a billed amount', () => {
  it.each([
    ['0', 0n],
    ['12.345', 12_345_000_000n],
    ['-0.5', -500_000_000n],
    ['+1', 1_000_000_000n],
    ['1.1e-05', 11_000n],
    ['2E3', 2_000_000_000_000n],
    ['0.0000000005', 1n],
    ['-0.0000000005', -1n],
    ['0.00000000049999999999', 0n],
    ['9007199.254740993', 9_007_199_254_740_993n],
    ['1e-99', 0n],
    ['1000000000', 1_000_000_000_000_000_000n],
    ['1000000000.000000001', null],
    ['1e99', null],
    ['1e999', null],
    ['0x10', null],
    ['.5', null],
    ['NaN', null],
    ['Infinity', null],
    ['1 000', null],
    ['', null],
  ])('reads %j as %s nanodollars', (text, amount) => {
    expect(readBilledUsd(text)).toBe(amount);
  });
});
