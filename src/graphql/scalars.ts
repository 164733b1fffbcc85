import type { ValueNode } from 'graphql';
import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { readUsd, writeUsd } from '../domain/money.ts';
import { isDay } from '../domain/providerBill.ts';

const dateTimePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;
const modelPattern = /^[^\s\p{Cc}]{1,256}$/u;

function refuse(sentence: string): never {
  throw new GraphQLError(sentence);
}

function readDateTime(value: unknown): number {
  const time = typeof value === 'string' && dateTimePattern.test(value) ? Date.parse(value) : Number.NaN;
  // `Date.parse` rolls 31 February over into March; a real date comes back as it went in.
  if (Number.isNaN(time) || typeof value !== 'string' || !isCalendarDay(value)) {
    refuse('A DateTime is a text such as "2026-01-31T12:00:00Z", with a zone.');
  }
  return time;
}

function readDate(value: unknown): string {
  if (typeof value !== 'string' || !isDay(value)) refuse('A Date is a day of the calendar such as "2026-01-31", from the year 2000 on.');
  return value;
}

function isCalendarDay(text: string): boolean {
  const day = text.slice(0, 10);
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

function readDecimalText(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.startsWith('-') || readUsd(text) === null) {
    refuse('A Usd is an exact decimal of 0 or more with at most 9 decimal places, such as "0.05".');
  }
  return text;
}

function readCount(value: unknown): number {
  const count = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0)
    refuse('A Count is a whole number from 0 to 9007199254740991.');
  return count;
}

function readModelId(value: unknown): string {
  if (typeof value !== 'string' || !modelPattern.test(value)) {
    refuse('A ModelId is a slug such as "vendor/name", or an alias: 1 to 256 characters without spaces.');
  }
  return value;
}

/** A literal of a scalar is read as the value it stands for. */
function scalar<Internal>(name: string, read: (value: unknown) => Internal, write: (value: unknown) => unknown): GraphQLScalarType {
  // A number's literal keeps its text, so that no digit is lost on the way.
  const parseLiteral = (node: ValueNode) =>
    read(node.kind === Kind.INT || node.kind === Kind.FLOAT ? numberOf(name, node.value) : valueFromASTUntyped(node));
  return new GraphQLScalarType({ name, serialize: write, parseValue: read, parseLiteral });
}

function numberOf(name: string, text: string): string | number {
  return name === 'Usd' ? text : Number(text);
}

function writeText(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`A text was expected, not a ${typeof value}.`);
  return value;
}

/** Base64 is a string already; what is not is the numbers themselves, in one step and not one for each. */
function writeVector(value: unknown): unknown {
  if (typeof value === 'string') return value;
  if (value instanceof Float32Array) return Array.from(value);
  throw new TypeError('A vector was expected.');
}

/** Every scalar of the schema that GraphQL does not have. */
export const scalars = {
  DateTime: scalar('DateTime', readDateTime, (value) => new Date(Number(value)).toISOString()),
  Date: scalar('Date', readDate, writeText),
  /** Nanodollars, or a decimal that was written already. */
  Usd: scalar('Usd', readDecimalText, (value) => (typeof value === 'bigint' ? writeUsd(value) : writeText(value))),
  Amount: scalar('Amount', writeText, writeText),
  Count: scalar('Count', readCount, readCount),
  JSON: GraphQLJSON,
  Vector: scalar('Vector', () => refuse('A Vector is answered, never asked with.'), writeVector),
  ModelId: scalar('ModelId', readModelId, writeText),
};
