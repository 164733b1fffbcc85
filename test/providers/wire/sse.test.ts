import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSseReader } from '../../../src/providers/wire/sse.ts';
import { cut } from '../../support/httpBytes.ts';

function read(pieces: readonly Uint8Array[]): readonly string[] {
  const data: string[] = [];
  const reader = createSseReader((text) => data.push(text));
  for (const piece of pieces) reader.read(Buffer.from(piece));
  return data;
}

function readByLibrary(text: string): readonly string[] {
  const data: string[] = [];
  createParser({ onEvent: (event) => data.push(event.data) }).feed(text);
  return data;
}

describe('createSseReader', () => {
  it.each([
    ['LF', 'data: a\n\ndata: b\n\n', ['a', 'b']],
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
    ['a byte order mark', '\uFEFFdata: a\n\n', ['a']],
    ['comments and other fields', ': hello\nevent: x\nid: 1\nretry: 5\ndata: a\n\n: bye\n\n', ['a']],
    ['data of several lines', 'data: a\ndata:b\ndata\ndata: c\n\n', ['a\nb\n\nc']],
    ['no space, and two', 'data:a\n\ndata:  b\n\n', ['a', ' b']],
    ['a field that only begins like data', 'database: a\n\n', []],
    ['an event that is not ended', 'data: a\n\ndata: b\n', ['a']],
    ['characters of several bytes', 'data: Grüezi 👋 世界\n\n', ['Grüezi 👋 世界']],
  ])('reads %s', (_name, text, data) => {
    expect(read([Buffer.from(text)])).toEqual(data);
  });

  it('reads the same as eventsource-parser in any split of the bytes', () => {
    const line = fc.oneof(
      fc.constantFrom('', '', ': comment', 'data', 'data:', 'event: x', 'data: 👋', ':'),
      fc.string({ unit: 'binary', maxLength: 8 }).map((text) => `data: ${text.replaceAll(/[\r\n]/g, '')}`),
    );
    const stream = fc
      .array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 20 })
      .map((lines) => `${lines.flat().join('')}\n\n`);
    fc.assert(
      fc.property(stream, fc.array(fc.nat(400), { maxLength: 10 }), (text, places) => {
        const bytes = Buffer.from(text);
        expect(read(cut(bytes, places))).toEqual(readByLibrary(bytes.toString('utf8')));
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it('knows how many bytes wait for their end', () => {
    const reader = createSseReader(() => undefined);
    reader.read(Buffer.from('data: abc'));
    expect(reader.pendingBytes).toBe(9);
    reader.read(Buffer.from('\n'));
    expect(reader.pendingBytes).toBe(3);
    reader.read(Buffer.from('\n'));
    expect(reader.pendingBytes).toBe(0);
  });
});
