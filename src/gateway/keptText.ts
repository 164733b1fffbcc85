/** An answer that another version of the gateway wrote may lack what this one needs. */
const version = 1;
/** Longer answers are not worth their place in the database. */
const mostLength = 8 * 1024 * 1024;

/** What is kept of an answer, as text; null when that is too long. */
export function writeKept(answer: unknown): string | null {
  const text = JSON.stringify({ version, answer }, fromBigint);
  return text.length > mostLength ? null : text;
}

/** What `writeKept` was given, as JSON has it; null when another version wrote it. */
export function readKept(text: string): unknown {
  const kept: unknown = JSON.parse(text, toBigint);
  const known = typeof kept === 'object' && kept !== null && 'version' in kept && kept.version === version;
  return known && 'answer' in kept ? kept.answer : null;
}

/** JSON has no bigint. Nothing else in an answer is an object with this one name. */
const bigintName = '$bigint';

function fromBigint(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? { [bigintName]: value.toString() } : value;
}

function toBigint(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(bigintName in value)) return value;
  return typeof value[bigintName] === 'string' ? BigInt(value[bigintName]) : value;
}
