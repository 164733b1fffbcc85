import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as ask, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** A proxy as companies have them: it forwards plain HTTP and makes tunnels for TLS. */
export interface ForwardProxy extends AsyncDisposable {
  readonly url: string;
  /** What was asked of it: the method, and the address as it stood in the request. */
  readonly asked: readonly string[];
  /** Resolves when it has no connection any more, to either side. */
  left(): Promise<void>;
}

export async function startForwardProxy(): Promise<ForwardProxy> {
  const asked: string[] = [];
  const open = new Set<Duplex>();
  const server = createServer();
  const watch = (socket: Duplex): void => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      open.delete(socket);
      server.emit('left');
    });
  };
  server.on('connection', watch);
  server.on('request', (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const upstream = ask(request.url ?? '', { method: request.method ?? 'GET', headers: forwarded(request), agent: false });
    upstream.on('socket', watch);
    upstream.on('error', () => response.destroy());
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  });
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    asked.push(`${request.method} ${request.url}`);
    const [host, port] = (request.url ?? '').split(':');
    const upstream = connect(Number(port), host);
    watch(upstream);
    upstream.on('connect', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    // A server that listens on a port has an address with one.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async left() {
      while (open.size > 0) await once(server, 'left');
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function forwarded({ headers }: IncomingMessage): IncomingMessage['headers'] {
  const { 'proxy-connection': _, connection: __, ...rest } = headers;
  return rest;
}
