import { GatewayError } from './errors.ts';

/** One record of a CSV text, with the line on which it begins, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

export interface CsvLimits {
  readonly mostFields: number;
  /** UTF-16 code units of one field. */
  readonly mostFieldLength: number;
}

/** A text that does not hold. `line` counts from 1; the text itself is not repeated. */
export function invalidLine(line: number, sentence: string): GatewayError {
  return new GatewayError('INVALID_REQUEST', `Line ${line}: ${sentence}`, { details: { line } });
}

/**
 * Reads CSV strictly by RFC 4180, https://www.rfc-editor.org/rfc/rfc4180: one record after the other, so that a reader may stop at the first that is wrong.
 * Beyond it a byte order mark is skipped, a line feed alone ends a record too, and empty lines are none. A field is only ever text.
 */
export function* readCsv(text: string, { mostFields, mostFieldLength }: CsvLimits): Generator<CsvRecord> {
  const plain = /[^",\r\n]*/y;
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;

  function checkLength(length: number): void {
    if (length > mostFieldLength) throw invalidLine(line, `A field has more than ${mostFieldLength} characters.`);
  }

  function readPlain(): string {
    plain.lastIndex = at;
    const field = plain.exec(text)?.[0] ?? '';
    checkLength(field.length);
    at += field.length;
    if (text[at] === '"') throw invalidLine(line, 'A quotation mark stands within a field that does not begin with one.');
    return field;
  }

  function readQuoted(): string {
    let end = text.indexOf('"', at + 1);
    // Two quotation marks are one that does not end the field.
    for (; text[end + 1] === '"' && end >= 0; end = text.indexOf('"', end + 2)) checkLength(end - at);
    if (end < 0) throw invalidLine(line, 'A quoted field has no end.');
    const quoted = text.slice(at + 1, end);
    checkLength(quoted.length);
    at = end + 1;
    line += quoted.split('\n').length - 1;
    return quoted.replaceAll('""', '"');
  }

  function readRecord(): readonly string[] {
    const fields = [text[at] === '"' ? readQuoted() : readPlain()];
    while (text[at] === ',') {
      at += 1;
      if (fields.length === mostFields) throw invalidLine(line, `There are more than ${mostFields} fields.`);
      fields.push(text[at] === '"' ? readQuoted() : readPlain());
    }
    return fields;
  }

  while (at < text.length) {
    const begun = line;
    const fields = readRecord();
    const ended = at === text.length || text[at] === '\n' || text.startsWith('\r\n', at);
    if (!ended)
      throw invalidLine(line, text[at] === '\r' ? 'A carriage return stands without a line feed.' : 'Something follows a quoted field.');
    at += text[at] === '\r' ? 2 : 1;
    line += 1;
    if (fields.length > 1 || fields[0] !== '') yield { line: begun, fields };
  }
}
