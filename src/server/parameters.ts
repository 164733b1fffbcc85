import { GatewayError } from '../domain/errors.ts';
import { parseJson } from './json.ts';

/** What a client asks for (GraphQL over HTTP, section 5), not yet parsed as GraphQL. */
export interface GraphRequest {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Reads the parameters of an operation. Throws INVALID_REQUEST. */
export function readParameters(value: unknown): GraphRequest {
  if (!isRecord(value)) throw new GatewayError('INVALID_REQUEST', 'The request must be one JSON object; batches are not taken.');
  const { query, operationName = null, variables = null } = value;
  if (typeof query !== 'string') throw new GatewayError('INVALID_REQUEST', '`query` must be the text of a GraphQL document.');
  if (operationName !== null && typeof operationName !== 'string')
    throw new GatewayError('INVALID_REQUEST', '`operationName` must be text.');
  if (variables !== null && !isRecord(variables)) throw new GatewayError('INVALID_REQUEST', '`variables` must be an object.');
  return { query, operationName, variables: variables ?? {} };
}

/** The same from a query string. */
export function readSearch(search: string): GraphRequest {
  const parameters = new URLSearchParams(search);
  const text = parameters.get('variables');
  const variables = text === null ? null : parseJson(text);
  if (variables === undefined) throw new GatewayError('INVALID_REQUEST', '`variables` must be JSON.');
  return readParameters({ query: parameters.get('query') ?? undefined, operationName: parameters.get('operationName'), variables });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
