import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { SandboxId } from './catalog.ts';
import { sandboxIds } from './catalog.ts';
import type { FaultName } from './faults.ts';
import { faultNames, isFaultName } from './faults.ts';

/** `providerOptions.sandbox`, for both sandboxes. */
export interface SandboxOptions {
  /** Null: none. */
  readonly fault: FaultName | null;
  /** How many tokens come before `cut`, `stall` and `malformed`. Default 12. */
  readonly after: number;
  /** The delay that `rate_limited` asks for and `slow_first_token` waits, in milliseconds. Default 1000. */
  readonly delayMs: number;
  /** How many attempts of the call the fault strikes, over all offers it is meant for, before the call works. Null, the default: every one. */
  readonly times: number | null;
  /** The sandbox whose offers the fault strikes. Null, the default: both. */
  readonly offer: SandboxId | null;
  /** Milliseconds from the call to the first token. Default 50. */
  readonly firstTokenMs: number;
  /** Default 200; 0: as fast as possible, in one batch. */
  readonly tokensPerSecond: number;
  /** By how many milliseconds the gap between two tokens is at most longer or shorter. Default 0. */
  readonly jitterMs: number;
  /** Null, the default: the seed of the prompt's sampling, else 0. */
  readonly seed: number | null;
  /** The answer, word for word. Null, the default: seeded words. */
  readonly text: string | null;
  /** The tools to call, in parallel when several. Null, the default: those the last message names. */
  readonly toolCall: readonly string[] | null;
}

/** One option: what it must be, and how it is read; `undefined` is a value of the wrong kind. */
interface Rule<T> {
  readonly fallback: T;
  readonly expected: string;
  read(value: JsonValue): T | undefined;
}

/** Longer waits than an hour only hide a slip of the pen, and overflow the machine's timers. */
const longestMs = 3_600_000;
const wholeMs = { expected: `a whole number from 0 to ${longestMs}`, read: wholeNumber(0, longestMs) };

const rules = {
  fault: {
    fallback: null,
    expected: `one of ${faultNames.join(', ')}`,
    read: (value) => (isText(value) && isFaultName(value) ? value : undefined),
  },
  after: { fallback: 12, expected: 'a whole number from 0', read: wholeNumber(0) },
  delayMs: { fallback: 1000, ...wholeMs },
  times: { fallback: null, expected: 'a whole number from 0, or null', read: wholeNumber(0) },
  offer: { fallback: null, expected: `one of ${sandboxIds.join(', ')}, or null`, read: (value) => sandboxIds.find((id) => id === value) },
  firstTokenMs: { fallback: 50, ...wholeMs },
  tokensPerSecond: {
    fallback: 200,
    expected: '0 or a number from 0.01',
    read: (value) => (value === 0 || isRate(value) ? value : undefined),
  },
  jitterMs: { fallback: 0, ...wholeMs },
  seed: { fallback: null, expected: 'a whole number', read: wholeNumber(Number.MIN_SAFE_INTEGER) },
  text: { fallback: null, expected: 'a string', read: (value) => (isText(value) ? value : undefined) },
  toolCall: { fallback: null, expected: 'the name of a tool, or a list of names', read: readNames },
} as const satisfies { readonly [Name in keyof SandboxOptions]: Rule<SandboxOptions[Name]> };

/** Reads `providerOptions.sandbox`. Throws INVALID_REQUEST that names the option and what it must be, and never repeats its value. */
export function readOptions(providerOptions: JsonObject): SandboxOptions {
  const given = readGiven(providerOptions);
  return {
    fault: readOption<FaultName | null>(given, 'fault', rules.fault),
    after: readOption(given, 'after', rules.after),
    delayMs: readOption(given, 'delayMs', rules.delayMs),
    times: readOption<number | null>(given, 'times', rules.times),
    offer: readOption<SandboxId | null>(given, 'offer', rules.offer),
    firstTokenMs: readOption(given, 'firstTokenMs', rules.firstTokenMs),
    tokensPerSecond: readOption(given, 'tokensPerSecond', rules.tokensPerSecond),
    jitterMs: readOption(given, 'jitterMs', rules.jitterMs),
    seed: readOption<number | null>(given, 'seed', rules.seed),
    text: readOption<string | null>(given, 'text', rules.text),
    toolCall: readOption<readonly string[] | null>(given, 'toolCall', rules.toolCall),
  };
}

/** The options that the sandbox does not know: ignored, and said so. */
export function unknownOptions(providerOptions: JsonObject): readonly string[] {
  return Object.keys(readGiven(providerOptions)).filter((name) => !Object.hasOwn(rules, name));
}

function readGiven(providerOptions: JsonObject): JsonObject {
  const given = providerOptions['sandbox'] ?? {};
  if (!isJsonObject(given)) throw new GatewayError('INVALID_REQUEST', 'providerOptions.sandbox must be an object.');
  return given;
}

function readOption<T>(given: JsonObject, name: keyof SandboxOptions, rule: Rule<T>): T {
  const value = given[name] ?? null;
  if (value === null) return rule.fallback;
  const read = rule.read(value);
  if (read !== undefined) return read;
  const field = `providerOptions.sandbox.${name}`;
  const details = name === 'fault' ? { field, allowed: faultNames } : { field };
  throw new GatewayError('INVALID_REQUEST', `${field} must be ${rule.expected}.`, { details });
}

function isText(value: JsonValue): value is string {
  return typeof value === 'string';
}

function isRate(value: JsonValue): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0.01;
}

function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): (value: JsonValue) => number | undefined {
  return (value) => (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most ? value : undefined);
}

function readNames(value: JsonValue): readonly string[] | undefined {
  const names: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  const texts = names.filter(isText);
  return texts.length === names.length && texts.length > 0 ? texts : undefined;
}
