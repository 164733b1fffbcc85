import { getOperationAST } from 'graphql';
import { GatewayError } from '../domain/errors.ts';
import type { Principal } from '../domain/principal.ts';
import type { EndListener } from '../gateway/endWatch.ts';
import type { Access } from '../gateway/gateway.ts';
import { toClientError } from '../graphql/errors.ts';
import { openEventStream } from './eventStream.ts';
import type { Asked, Exchange } from './exchange.ts';
import { readParameters, readSearch } from './parameters.ts';
import type { ServerParts } from './parts.ts';
import { nameRequest } from './requestId.ts';

/** Rejects with what is wrong with the request, while nothing has been answered. */
export type StreamHandler = (exchange: Exchange, asked: Asked) => Promise<void>;

/**
 * Server-Sent Events, one operation a connection: the protocol of the graphql-sse package ("distinct connections mode"). The package's own handler
 * makes promises for every event and holds all that a slow reader has not read.
 */
export function createStreamHandler(parts: ServerParts): StreamHandler {
  const { access, graph, log } = parts;
  return async (exchange, { principal, address, body, search }) => {
    const { request, response, requestId } = exchange;
    const { query, ...rest } = request.method === 'GET' ? readSearch(search) : readParameters(body);
    const prepared = graph.prepare(query, principal);
    if (!('kind' in prepared)) {
      nameRequest(prepared, requestId);
      return openEventStream(exchange, parts).end({ errors: prepared });
    }
    const operation = { document: prepared, ...rest };
    const kind = getOperationAST(prepared, rest.operationName)?.operation;
    if (kind === 'mutation' && request.method === 'GET') throw new GatewayError('INVALID_REQUEST', 'A mutation must be sent by POST.');

    const leaving = new AbortController();
    // A subscription's cursor alone says how its client has left: a call may outlive a lost connection.
    if (kind !== 'subscription') response.once('close', () => leaving.abort());
    const context = graph.context({ principal, requestId, address, signal: leaving.signal });
    const stream = openEventStream(exchange, parts);
    const result = await (kind === 'subscription' ? graph.subscribe(operation, context) : graph.execute(operation, context));
    if (!('read' in result)) return stream.end(result);
    const explain = (thrown: unknown) => ({ errors: [toClientError(thrown, { requestId, log })] });
    stream.follow(result, explain);
    if (principal !== null) cutAtEnd(exchange, access, { principal, cut: (error) => stream.cut(explain(error)) });
  };
}

interface Watched {
  readonly principal: Principal;
  readonly cut: EndListener;
}

/** Nobody who may no longer ask is told more. */
function cutAtEnd({ response }: Exchange, access: Access, { principal, cut }: Watched): void {
  if (response.destroyed) return;
  const watch = access.onEnd(principal, cut);
  response.once('close', () => watch[Symbol.dispose]());
}
