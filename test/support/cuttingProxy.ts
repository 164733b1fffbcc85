import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** A way to a server that a test can cut, as a lost network would. */
export interface CuttingProxy extends AsyncDisposable {
  readonly port: number;
  /** How many connections have been made so far. */
  readonly connections: number;
  /** Ends all connections without a closing word of their own protocol; new ones are let through, unless it is shut. */
  cut(): void;
  /** True: nothing is let through, as if nobody listened behind it. */
  shut: boolean;
}

export async function openCuttingProxy(targetPort: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((near) => {
    connections++;
    if (proxy.shut) return void near.destroy();
    const far = connect(targetPort, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      // A cut is what the test wants; both ends go together.
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    far.pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A listening server has no port.');
  const cut = () => {
    for (const socket of [...sockets]) socket.destroy();
  };
  const proxy: CuttingProxy = {
    port: address.port,
    get connections() {
      return connections;
    },
    cut,
    shut: false,
    async [Symbol.asyncDispose]() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
