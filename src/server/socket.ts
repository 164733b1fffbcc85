import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ConnectionInitMessage, Context, Server } from 'graphql-ws';
import { handleProtocols, makeServer } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { toGatewayError } from '../domain/errors.ts';
import type { Access } from '../gateway/gateway.ts';
import type { Census } from './census.ts';
import { createCensus } from './census.ts';
import { closeCodes, closeReason } from './closeCode.ts';
import type { Connection } from './connection.ts';
import { openConnection } from './connection.ts';
import { authorizationIn, identify } from './credential.ts';
import { listen } from './inbound.ts';
import type { ServerParts } from './parts.ts';
import { admitSocketOperation, executeOnSocket, subscribeOnSocket } from './socketOperation.ts';

/** GraphQL over WebSocket: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md */
export interface SocketServer {
  /** Takes over the connection of a request for an upgrade. */
  accept(request: IncomingMessage, duplex: Duplex, head: Buffer): void;
  /** Asks all clients to go; resolves when they have, or have been cut off. */
  close(): Promise<void>;
}

export function createSocketServer(parts: ServerParts): SocketServer {
  const { bodyLimits } = parts.settings;
  const protocol = createProtocol(parts);
  const connections = new Set<Connection>();
  const listener = new WebSocketServer({
    noServer: true,
    handleProtocols,
    perMessageDeflate: false,
    maxPayload: bodyLimits.completionBytes,
  });
  let allGone: (() => void) | null = null;

  const opened = (socket: WebSocket, duplex: Duplex, request: IncomingMessage): void => {
    const { authorization } = request.headers;
    const connection = openConnection({ socket, duplex, authorization, remoteAddress: parts.clientAddress(request) }, parts);
    connections.add(connection);
    socket.once('close', parts.telemetry.opened('WEBSOCKET'));
    join(connection, { duplex, protocol, parts });
    socket.once('close', () => {
      connections.delete(connection);
      if (connections.size === 0) allGone?.();
    });
  };
  return {
    accept(request, duplex, head) {
      listener.handleUpgrade(request, duplex, head, (socket) => opened(socket, duplex, request));
    },
    async close() {
      if (connections.size === 0) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      allGone = resolve;
      // The end of a call is not yet the end of telling it.
      for (const connection of connections)
        void connection.quiet().then(() => connection.close(closeCodes.goingAway, 'The gateway is shutting down.'));
      await promise;
    },
  };
}

type Protocol = Server<Connection>;
type SocketContext = Context<ConnectionInitMessage['payload'], Connection>;

/** Hands a socket's messages to graphql-ws and its answers to the socket. */
function join(
  connection: Connection,
  { duplex, protocol, parts }: { readonly duplex: Duplex; readonly protocol: Protocol; readonly parts: ServerParts },
): void {
  const { socket, outlet } = connection;
  const fail = (thrown: unknown): void => {
    parts.log.error('A WebSocket failed.', { error: thrown });
    connection.close(closeCodes.internal, 'Something went wrong inside the gateway.');
  };
  let onMessage = async (_text: string): Promise<void> => {};
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      // Kept until it is sent, so that an operation counts until its answer has gone.
      send(text) {
        if (!connection.open) return;
        const { promise, resolve } = Promise.withResolvers<void>();
        socket.send(text, () => resolve());
        outlet.watch();
        return promise;
      },
      close: (code = closeCodes.internal, reason = '') => connection.close(code, reason),
      onMessage(take) {
        onMessage = take;
      },
    },
    connection,
  );
  listen(connection, { duplex, limits: parts.settings.bodyLimits, onMessage: (text) => onMessage(text), onFailure: fail });
  // What is wrong with the bytes of a client closes its connection; there is nobody else to tell.
  socket.on('error', () => {});
  socket.once('close', (code, reason) => {
    closed(code, reason.toString()).catch(fail);
  });
}

function createProtocol(parts: ServerParts): Protocol {
  const census = createCensus(parts.settings.socketsPerKey);
  return makeServer<ConnectionInitMessage['payload'], Connection>({
    // Ours goes by the clock that is handed in.
    connectionInitWaitTimeout: 0,
    onConnect: (socket) => greet(socket, census, parts),
    async onSubscribe({ extra, subscriptions }, id, payload) {
      const running = Object.keys(subscriptions).length;
      const admitted = await admitSocketOperation(parts, { id, payload, connection: extra, running });
      if (!('operation' in admitted)) return admitted;
      const { document, operationName, variables } = admitted.operation;
      return { schema: parts.graph.schema, document, operationName, variableValues: variables, contextValue: admitted };
    },
    execute: (args) => executeOnSocket(parts, args),
    subscribe: (args) => subscribeOnSocket(parts, args),
  });
}

/** Finds out who asks. Whoever shows a wrong credential is told so and sent away. */
async function greet({ connectionParams, extra: connection }: SocketContext, census: Census, parts: ServerParts): Promise<boolean> {
  connection.initialised();
  try {
    const authorization = authorizationIn(connectionParams) ?? connection.authorization;
    connection.principal = await identify(parts.access, { authorization, address: connection.remoteAddress });
    if (!connection.open) return false;
    connection.socket.once('close', census.enter(connection));
    expelAtEnd(connection, parts.access);
    return true;
  } catch (thrown) {
    const { code, message, retryable } = toGatewayError(thrown);
    if (code === 'INTERNAL') parts.log.error('A WebSocket could not be opened.', { error: thrown });
    const later = retryable ? closeCodes.tryLater : closeCodes.internal;
    const refused = code === 'UNAUTHENTICATED' || code === 'FORBIDDEN';
    connection.close(refused ? closeCodes.unauthorized : later, closeReason(message));
    return false;
  }
}

function expelAtEnd(connection: Connection, access: Access): void {
  if (connection.principal === null) return;
  const watch = access.onEnd(connection.principal, connection.expel);
  connection.socket.once('close', () => watch[Symbol.dispose]());
}
