import type { IncomingMessage } from 'node:http';
import type { GatewayError } from '../domain/errors.ts';
import { errorTraits } from '../domain/errors.ts';
import { toClientError } from '../graphql/errors.ts';
import type { Log } from '../ports/log.ts';
import type { Exchange } from './exchange.ts';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Ends the exchange, if nothing has been said in it and somebody still listens. */
export function send({ request, response, headers }: Exchange, answer: Answer): void {
  if (response.headersSent || response.destroyed) return;
  const length = typeof answer.body === 'string' ? Buffer.byteLength(answer.body) : answer.body.byteLength;
  // RFC 9110, section 8.6: an answer without content has no length either.
  const said = answer.status === 204 ? {} : { 'content-length': length };
  response.writeHead(answer.status, { ...headers, 'x-content-type-options': 'nosniff', ...answer.headers, ...said });
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}

export function sendJson(exchange: Exchange, status: number, value: unknown): void {
  send(exchange, {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: `${JSON.stringify(value)}\n`,
  });
}

export interface ErrorOptions {
  readonly log: Log;
  /** A narrower one than the error's own. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error that ends a whole request, as a GraphQL result. */
export function sendError(exchange: Exchange, error: GatewayError, options: ErrorOptions): void {
  const shown = toClientError(error, { requestId: exchange.requestId, log: options.log });
  send(exchange, {
    status: options.status ?? errorTraits[error.code].httpStatus,
    headers: {
      'content-type': mediaTypeFor(exchange.request),
      'cache-control': 'no-store',
      ...retryAfter(error.retryAfterMs),
      ...options.headers,
    },
    body: `${JSON.stringify({ errors: [shown] })}\n`,
  });
}

/** RFC 9110, section 10.2.3: whole seconds. */
export function retryAfter(ms: unknown): Readonly<Record<string, string>> {
  return typeof ms === 'number' ? { 'retry-after': String(Math.ceil(ms / 1000)) } : {};
}

function mediaTypeFor({ headers }: IncomingMessage): string {
  const type = headers.accept?.includes('application/graphql-response+json') ? 'application/graphql-response+json' : 'application/json';
  return `${type}; charset=utf-8`;
}
