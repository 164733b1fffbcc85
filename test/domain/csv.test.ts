import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/domain/csv.ts';

const limits = { mostFields: 10, mostFieldLength: 100 };

function read(text: string): readonly (readonly string[])[] {
  return [...readCsv(text, limits)].map(({ fields }) => fields);
}

function refusal(text: string): unknown {
  try {
    return read(text);
  } catch (thrown) {
    return thrown;
  }
}

describe('CSV', () => {
  it.each([
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['\ufeffa\nb', [['a'], ['b']]],
    ['"a,b","c\r\nd","say ""x"""', [['a,b', 'c\r\nd', 'say "x"']]],
    [
      'a,\n,""\n',
      [
        ['a', ''],
        ['', ''],
      ],
    ],
    ['\r\n\r\na\r\n\r\n', [['a']]],
    ['', []],
    [' a , b ', [[' a ', ' b ']]],
    ["=1+1,+1,-1,@x,'x", [['=1+1', '+1', '-1', '@x', "'x"]]],
  ])('reads %j', (text, records) => {
    expect(read(text)).toEqual(records);
  });

  it('knows the line on which each record begins', () => {
    const text = '"1\n2",a\n\nb,c\n';
    expect([...readCsv(text, limits)].map(({ line }) => line)).toEqual([1, 4]);
  });

  it.each([
    ['a\n"b', 2, 'A quoted field has no end.'],
    ['a\nb"c"', 2, 'A quotation mark stands within a field that does not begin with one.'],
    ['"a"b', 1, 'Something follows a quoted field.'],
    ['a\rb', 1, 'A carriage return stands without a line feed.'],
    ['"x\ny","z\r\n"!', 3, 'Something follows a quoted field.'],
    [`a\n${','.repeat(10)}`, 2, 'There are more than 10 fields.'],
    [`a\n${'x'.repeat(101)}`, 2, 'A field has more than 100 characters.'],
    [`a\n"${'""'.repeat(60)}"`, 2, 'A field has more than 100 characters.'],
  ])('refuses %j, naming the line', (text, line, sentence) => {
    expect(refusal(text)).toMatchObject({ code: 'INVALID_REQUEST', message: `Line ${line}: ${sentence}`, details: { line } });
  });

  it('gives up a line of ten megabytes at its first field that is too long', () => {
    expect(refusal(`a\n${'x'.repeat(10 * 1024 ** 2)}`)).toMatchObject({ details: { line: 2 } });
    expect(refusal(`a\n"${'x'.repeat(10 * 1024 ** 2)}"`)).toMatchObject({ details: { line: 2 } });
  });

  it('reads back whatever was written as the standard says', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', ' ', 'ä', '='), maxLength: 8 });
    const records = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    await fc.assert(
      fc.property(records, fc.constantFrom('\n', '\r\n'), (written, end) => {
        const text = written.map((fields) => fields.map((each) => `"${each.replaceAll('"', '""')}"`).join(',') + end).join('');
        expect(read(text)).toEqual(written);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
