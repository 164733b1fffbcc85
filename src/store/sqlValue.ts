const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Milliseconds since 1970 for a `timestamptz`. */
export function toTimestamp(ms: number): string {
  return new Date(ms).toISOString();
}

export function toTimestampOrNull(ms: number | null): string | null {
  return ms === null ? null : toTimestamp(ms);
}

/** An array literal, for `$1::text::text[]`: one form that both drivers hand on untouched. */
export function toArray(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

export function toArrayOrNull(values: readonly string[] | null): string | null {
  return values === null ? null : toArray(values);
}

/** What is no UUID names nothing, and PostgreSQL would refuse the whole statement for it. */
export function toUuidArray(ids: readonly string[]): string {
  return toArray(ids.filter(isUuid));
}

export function isUuid(text: string): boolean {
  return uuidPattern.test(text);
}
