import type { LogFields } from '../ports/log.ts';
import { scrub } from './scrub.ts';
import { describeThrown } from './thrown.ts';

const deepest = 6;
const withheld = '[redacted]';
/** How the names of secrets end, without case and separators. `tokens` and `apiKeyId` are none. */
const secretNames = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'credential',
  'credentials',
  'apikey',
  'adminkey',
  'privatekey',
  'accesskey',
  'token',
  'connectionparams',
  'headers',
  'databaseurl',
  'databasedirecturl',
];
/** What callers send and get, which no log line may carry. */
const privateNames = new Set(['key', 'body', 'prompt', 'messages', 'answer']);

/** Fields as they may be written: no value under a secret's name, no secret inside a text, errors without what their makers hang on them. */
export function redactFields(fields: LogFields): Record<string, unknown> {
  return redactEntries(fields, 0);
}

function redactEntries(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, redactEntry(name, value, depth)]));
}

function redactEntry(name: string, value: unknown, depth: number): unknown {
  const harmless = value === null || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'undefined';
  if (harmless) return value;
  if (isWithheld(name)) return withheld;
  return name === 'error' || value instanceof Error ? describeThrown(value) : redactValue(value, depth + 1);
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrub(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (depth > deepest || ArrayBuffer.isView(value)) return '[not shown]';
  if (Array.isArray(value)) return value.map((item) => (item instanceof Error ? describeThrown(item) : redactValue(item, depth + 1)));
  return redactEntries(value, depth);
}

function isWithheld(name: string): boolean {
  const plain = name.replace(/[-_]/g, '').toLowerCase();
  return privateNames.has(plain) || secretNames.some((ending) => plain.endsWith(ending));
}
