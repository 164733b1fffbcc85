import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** A way to a server on which answers get lost: the server has done what it was asked, and who asked is cut off. */
export interface LosingProxy extends AsyncDisposable {
  readonly port: number;
  /** Every so many answers one is thrown away, and its connection with it; 0: none. */
  loseEvery: number;
  readonly lost: number;
}

export async function openLosingProxy(targetPort: number): Promise<LosingProxy> {
  const sockets = new Set<Socket>();
  let answers = 0;
  let lost = 0;
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      // Both ends go together, however one of them does.
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    far.on('data', (chunk) => {
      answers++;
      if (proxy.loseEvery === 0 || answers % proxy.loseEvery !== 0) return void near.write(chunk);
      lost++;
      near.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A listening server has no port.');
  const proxy: LosingProxy = {
    port: address.port,
    loseEvery: 0,
    get lost() {
      return lost;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of [...sockets]) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
