import type { DocumentNode, ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { GatewayError } from '../domain/errors.ts';
import type { EventCursor } from '../gateway/cursor.ts';
import type { GraphContext } from '../graphql/context.ts';
import { toClientError } from '../graphql/errors.ts';
import type { GraphOperation } from '../graphql/graph.ts';
import type { Connection } from './connection.ts';
import { encodeFrames } from './frame.ts';
import type { ServerParts } from './parts.ts';
import { pump } from './pump.ts';
import { nameRequest } from './requestId.ts';

/** One operation of a WebSocket; travels through graphql-ws as its context value. */
export interface SocketOperation {
  readonly id: string;
  readonly connection: Connection;
  readonly operation: GraphOperation;
  readonly context: GraphContext;
  readonly leaving: AbortController;
}

export interface SubscribeRequest {
  readonly id: string;
  readonly payload: SubscribePayload;
  readonly connection: Connection;
  /** How many operations the socket has, this one among them. */
  readonly running: number;
}

/** Checks an operation before it runs; the errors to be answered otherwise. A syntax error is an answer, too: it ends no connection. */
export async function admitSocketOperation(
  parts: ServerParts,
  request: SubscribeRequest,
): Promise<SocketOperation | readonly GraphQLError[]> {
  const { access, graph, log, newRequestId } = parts;
  const { id, payload, connection } = request;
  const requestId = newRequestId();
  const refusal = checkRunning(request.running, parts.settings.operationsPerSocket);
  if (refusal !== null) return [toClientError(refusal, { requestId, log })];
  try {
    // What it may do may have been changed since.
    if (connection.principal !== null) connection.principal = await access.renew(connection.principal, connection.remoteAddress);
  } catch (thrown) {
    return [toClientError(thrown, { requestId, log })];
  }
  const { principal } = connection;
  const document = graph.prepare(payload.query, principal);
  if (!isDocument(document)) {
    nameRequest(document, requestId);
    return document;
  }
  const leaving = new AbortController();
  const operation = { document, operationName: payload.operationName ?? null, variables: payload.variables ?? {} };
  const context = graph.context({ principal, requestId, address: connection.remoteAddress, signal: leaving.signal });
  return { id, connection, operation, leaving, context };
}

function isDocument(prepared: DocumentNode | readonly GraphQLError[]): prepared is DocumentNode {
  return 'kind' in prepared;
}

function checkRunning(running: number, most: number): GatewayError | null {
  if (running <= most) return null;
  const sentence = `${most} operations run on this socket already; end one, or open another socket.`;
  return new GatewayError('RATE_LIMITED', sentence, { retryAfterMs: 1000, details: { quota: 'operationsPerSocket' } });
}

/** What `admitSocketOperation` has made and graphql-ws has carried. */
function operationOf(args: ExecutionArgs): SocketOperation {
  return args.contextValue as SocketOperation;
}

/** A query or mutation; a lost connection aborts it. */
export async function executeOnSocket({ graph }: ServerParts, args: ExecutionArgs): Promise<ExecutionResult> {
  const { operation, context, connection, leaving } = operationOf(args);
  const ended = connection.run(() => leaving.abort());
  try {
    return await graph.execute(operation, context);
  } finally {
    ended();
  }
}

/** A subscription: errors, or an iterator that yields nothing, because its frames go to the socket directly, and ends after the last of them. */
export async function subscribeOnSocket(
  { graph, log, telemetry }: ServerParts,
  args: ExecutionArgs,
): Promise<ExecutionResult | AsyncIterableIterator<never>> {
  const socketOperation = operationOf(args);
  const { operation, context, connection } = socketOperation;
  const result = await graph.subscribe(operation, context);
  if (!('read' in result)) return result;
  if (!connection.open) result.close('CUT');
  return writeFrames(result, socketOperation, {
    explain: (thrown) => toClientError(thrown, { requestId: context.requestId, log }),
    closed: telemetry.opened('WEBSOCKET_SUBSCRIPTION'),
  });
}

const end: IteratorReturnResult<undefined> = { done: true, value: undefined };

interface Writing {
  readonly explain: (thrown: unknown) => GraphQLError;
  /** Nothing more is written. */
  readonly closed: () => void;
}

function writeFrames(
  cursor: EventCursor<ExecutionResult>,
  { id, connection }: SocketOperation,
  { explain, closed }: Writing,
): AsyncIterableIterator<never> {
  const { promise, resolve, reject } = Promise.withResolvers<IteratorReturnResult<undefined>>();
  const before = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  const encode = (results: readonly ExecutionResult[]) => encodeFrames(results.map((result) => `${before}${JSON.stringify(result)}}`));
  const ended = connection.run((error) => {
    closed();
    cursor.close('CUT');
    if (error !== null) connection.outlet.write(encode([{ errors: [explain(error)] }]));
  });
  const onEnd = (thrown?: unknown): void => {
    closed();
    ended();
    if (thrown === undefined) resolve(end);
    else reject(explain(thrown));
  };
  return {
    // Asked once, since it yields nothing: only now does graphql-ws know of the operation, and its client may leave it.
    next() {
      pump(cursor, { outlet: connection.outlet, encode, onEnd });
      return promise;
    },
    async return() {
      cursor.close('LEFT');
      onEnd();
      return end;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
