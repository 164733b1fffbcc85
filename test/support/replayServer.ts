import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** What the server does once it has read a request: bytes to send, each on its own, and how it goes on after them. */
export interface Script {
  readonly pieces: readonly Uint8Array[];
  /** `keep` leaves the connection open for the next request, `end` closes it in order, `reset` breaks it, `hold` says nothing more. */
  readonly then: 'keep' | 'end' | 'reset' | 'hold';
}

export interface ReplayRequest {
  readonly head: string;
  readonly body: string;
}

/** A server that answers with chosen bytes, faults included, and knows nothing of HTTP but where a request ends. */
export interface ReplayServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly ReplayRequest[];
  /** How many connections were ever made. */
  readonly connections: number;
  /** Bytes handed to the network on the last connection. */
  readonly sentBytes: number;
  /** What all further requests are answered with. */
  play(script: Script): void;
  /** Resolves when the next request has been read. */
  asked(): Promise<void>;
  /** Resolves when every connection is gone. */
  left(): Promise<void>;
}

export async function startReplayServer(): Promise<ReplayServer> {
  const sockets = new Set<Socket>();
  const requests: ReplayRequest[] = [];
  let script: Script = { pieces: [], then: 'hold' };
  let connections = 0;
  let last: Socket | null = null;
  const server = createServer({ noDelay: true }, (socket) => {
    connections++;
    last = socket;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      server.emit('left');
    });
    readRequests(socket, (request) => {
      requests.push(request);
      server.emit('asked');
      perform(socket, script).catch(() => socket.destroy());
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The replay server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    get connections() {
      return connections;
    },
    get sentBytes() {
      return last?.bytesWritten ?? 0;
    },
    play(next) {
      script = next;
    },
    async asked() {
      await once(server, 'asked');
    },
    async left() {
      while (sockets.size > 0) await once(server, 'left');
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function perform(socket: Socket, { pieces, then }: Script): Promise<void> {
  for (const piece of pieces) {
    if (!socket.write(piece)) await once(socket, 'drain');
    await nextTurn();
  }
  if (then === 'end') socket.end();
  if (then === 'reset') socket.resetAndDestroy();
}

function readRequests(socket: Socket, onRequest: (request: ReplayRequest) => void): void {
  let received = Buffer.alloc(0);
  socket.on('data', (piece: Buffer) => {
    received = Buffer.concat([received, piece]);
    for (let end = received.indexOf('\r\n\r\n'); end >= 0; end = received.indexOf('\r\n\r\n')) {
      const head = received.subarray(0, end).toString('latin1');
      const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
      const whole = end + 4 + length;
      if (received.length < whole) return;
      const body = received.subarray(end + 4, whole).toString('utf8');
      received = received.subarray(whole);
      onRequest({ head, body });
    }
  });
}
