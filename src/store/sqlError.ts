import { GatewayError } from '../domain/errors.ts';

/** The database's refusal of a statement. */
export class SqlError extends Error {
  /** Five characters, https://www.postgresql.org/docs/current/errcodes-appendix.html */
  readonly sqlState: string;

  constructor(message: string, sqlState: string) {
    super(message);
    this.name = 'SqlError';
    this.sqlState = sqlState;
  }
}

/** A statement was refused because of what stands in the tables. */
export const sqlStates = { unique: '23505', foreignKey: '23503' } as const;

/** Five characters and among them a digit, unlike EPIPE. */
const sqlStatePattern = /^(?=.*\d)[0-9A-Z]{5}$/;

/**
 * Classes under which the statement may well succeed later: connection, a server that only reads, a sign-in that is refused, a database that is not
 * there or not open, lost races, resources, operator's intervention, system.
 */
const passing = /^(08|25|28|3D|40|53|55|57|58)/;

/** A driver's error: the statement's refusal, or a database out of reach. What has no code was not thrown by a driver and stays as it is. */
export function toStoreError(thrown: unknown): unknown {
  if (thrown instanceof GatewayError || thrown instanceof SqlError) return thrown;
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') return thrown;
  const refused = sqlStatePattern.test(thrown.code) && !passing.test(thrown.code);
  return refused ? new SqlError(thrown.message, thrown.code) : storeUnavailable(thrown);
}

export function storeUnavailable(cause: unknown): GatewayError {
  return new GatewayError('STORE_UNAVAILABLE', 'The database does not answer; try again.', { cause, retryAfterMs: 1000 });
}

/** Says what a refused statement means; any other failure is thrown on. */
export function rethrowState(thrown: unknown, meanings: Readonly<Record<string, GatewayError>>): never {
  const meaning = thrown instanceof SqlError ? meanings[thrown.sqlState] : undefined;
  throw meaning ?? thrown;
}
