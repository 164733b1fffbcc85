import { once } from 'node:events';
import type { Client } from 'graphql-ws';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { World } from './serverWorld.ts';
import { adminHeader } from './serverWorld.ts';

const parameters = { connectionParams: { Authorization: adminHeader } };

/** A stock client, that does not come back. */
export function clientOf({ socketUrl }: World, options: object = parameters): Client {
  return createClient({ url: socketUrl, webSocketImpl: WebSocket, retryAttempts: 0, ...options });
}

/** A socket without a library, whose messages are read one by one. */
export async function openSocket(
  { socketUrl }: World,
  options: { readonly headers?: Record<string, string>; readonly protocol?: string } = {},
) {
  const socket = new WebSocket(socketUrl, options.protocol ?? 'graphql-transport-ws', { headers: options.headers ?? {} });
  const messages: unknown[] = [];
  let wake = (): void => {};
  socket.on('message', (data) => {
    messages.push(JSON.parse(String(data)));
    wake();
  });
  const closed = once(socket, 'close').then(([code, reason]) => ({ code, reason: String(reason) }));
  await once(socket, 'open');
  return {
    socket,
    closed,
    send: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async next(): Promise<unknown> {
      while (messages.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return messages.shift();
    },
  };
}

/** A socket that has introduced itself; null: without a key. */
export async function openAcknowledged(world: World, authorization: string | null = adminHeader) {
  const opened = await openSocket(world);
  opened.send({ type: 'connection_init', ...(authorization === null ? {} : { payload: { authorization } }) });
  await opened.next();
  return opened;
}

export const subscribeMessage = (id: string, query: string) => ({ id, type: 'subscribe', payload: { query } });
