/**
 * What a statement may be given. Times are ISO strings, lists are array literals and JSON is text (`sqlValue.ts`), each cast in the statement:
 * the two drivers agree on nothing else.
 */
export type SqlValue = string | number | boolean | null;

/** A row as both engines give it: int8 is a bigint, a timestamptz milliseconds since 1970, JSON parsed. */
export type Row = Readonly<Record<string, unknown>>;

export interface Queries {
  /** One statement, prepared. Fails with SqlError or STORE_UNAVAILABLE. */
  query(sql: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** One or more statements without values, in one round trip. */
  exec(sql: string): Promise<void>;
}

/** PGlite or PostgreSQL, as little of it as the store needs. */
export interface Database extends Queries, AsyncDisposable {
  readonly engine: 'pglite' | 'postgres';
  /** Commits when `work` resolves, rolls back when it throws. */
  transaction<Result>(work: (queries: Queries) => Promise<Result>): Promise<Result>;
}
