import type { Client, ClientOptions } from 'graphql-ws';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { GraphPlace } from './httpGraph.ts';

/** A stock graphql-ws client. It is disposed of like any other resource. */
export function openStreamClient({ graphUrl, key }: GraphPlace, options: Partial<ClientOptions> = {}): Client & AsyncDisposable {
  const client = createClient({
    url: graphUrl.replace('http', 'ws'),
    connectionParams: { Authorization: `Bearer ${key}` },
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...options,
  });
  return { ...client, [Symbol.asyncDispose]: async () => client.dispose() };
}

/** Comes back as often as a stock client does, but at once. */
export const comingBack: Partial<ClientOptions> = { retryAttempts: 5, retryWait: () => Promise.resolve() };
