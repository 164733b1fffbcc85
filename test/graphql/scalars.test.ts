import type { GraphQLScalarType } from 'graphql';
import { parseValue } from 'graphql';
import { describe, expect, it } from 'vitest';
import { scalars } from '../../src/graphql/scalars.ts';

function read(scalar: GraphQLScalarType, literal: string): unknown {
  return scalar.parseLiteral(parseValue(literal));
}

describe('DateTime', () => {
  it.each([
    ['"2026-01-31T12:00:00Z"', Date.UTC(2026, 0, 31, 12)],
    ['"2026-01-31T12:00:00.250+02:00"', Date.UTC(2026, 0, 31, 10, 0, 0, 250)],
  ])('reads %s', (literal, time) => {
    expect(read(scalars.DateTime, literal)).toBe(time);
  });

  it.each(['"2026-01-31"', '"2026-02-30T12:00:00Z"', '"2026-01-31T12:00:00"', '"tomorrow"', '1767182400000', 'true'])(
    'refuses %s',
    (literal) => {
      expect(() => read(scalars.DateTime, literal)).toThrow('A DateTime is');
    },
  );

  it('is written in UTC', () => {
    expect(scalars.DateTime.serialize(0)).toBe('1970-01-01T00:00:00.000Z');
  });
});

describe('Date', () => {
  it('reads a day of the calendar, and nothing else', () => {
    expect(read(scalars.Date, '"2028-02-29"')).toBe('2028-02-29');
    for (const literal of ['"2026-02-29"', '"2026-01-31T00:00:00Z"', '"1999-12-31"', '"31.01.2026"', '20260131'])
      expect(() => read(scalars.Date, literal)).toThrow('A Date is');
  });
});

describe('Usd', () => {
  it.each(['"0.05"', '"0.000000001"', '"12"'])('reads %s', (literal) => {
    expect(read(scalars.Usd, literal)).toBe(JSON.parse(literal));
  });

  it('reads a number without losing a digit', () => {
    expect(read(scalars.Usd, '123456.100000001')).toBe('123456.100000001');
    expect(scalars.Usd.parseValue(0.05)).toBe('0.05');
  });

  it.each(['"-1"', '"1e3"', '"a lot"', 'true', '"0.00000000000001"'])('refuses %s', (literal) => {
    expect(() => read(scalars.Usd, literal)).toThrow('A Usd is');
  });

  it('writes nanodollars', () => {
    expect(scalars.Usd.serialize(50_000_000n)).toBe('0.05');
  });
});

describe('Count', () => {
  it.each([
    ['3', 3],
    ['"1000000000"', 1_000_000_000],
  ])('reads %s', (literal, count) => {
    expect(read(scalars.Count, literal)).toBe(count);
  });

  it.each(['-1', '1.5', '9007199254740992', '"x"'])('refuses %s', (literal) => {
    expect(() => read(scalars.Count, literal)).toThrow('A Count is');
  });
});

describe('ModelId', () => {
  it.each(['""', '"a b"', '7'])('refuses %s', (literal) => {
    expect(() => read(scalars.ModelId, literal)).toThrow('A ModelId is');
  });
});
