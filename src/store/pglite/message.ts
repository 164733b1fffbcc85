import type { Row, SqlValue } from '../database.ts';

/** What the worker is started with. */
export interface WorkerInput {
  readonly folder: string;
  /** A packed empty database that a new folder begins with; null: one is made, which takes three times as long. */
  readonly template: string | null;
}

export type Task =
  | { readonly type: 'query'; readonly sql: string; readonly values: readonly SqlValue[] }
  | { readonly type: 'exec'; readonly sql: string }
  | { readonly type: 'close' };

export interface Request {
  readonly id: number;
  readonly task: Task;
}

/** `sqlState` is null where PGlite itself failed, not the statement. */
export interface Failure {
  readonly message: string;
  readonly sqlState: string | null;
}

/** What was said by NOTIFY on a channel that is listened to. */
export interface Notice {
  readonly channel: string;
  readonly payload: string;
}

/** The answer with id 0 says that the database is open. */
export type Response =
  | { readonly id: number; readonly rows: readonly Row[] }
  | { readonly id: number; readonly failure: Failure }
  | { readonly notice: Notice };
