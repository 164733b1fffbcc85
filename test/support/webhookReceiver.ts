import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Somebody to whom webhooks are sent, on loopback. */
export interface WebhookReceiver extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** In the order in which they came. */
  readonly received: readonly Received[];
}

export type Respond = (response: ServerResponse, request: IncomingMessage) => void;

/** Answers one after the other; then takes everything. */
export async function openWebhookReceiver(...answers: readonly Respond[]): Promise<WebhookReceiver> {
  const left = [...answers];
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const { url: path = '', headers } = request;
    received.push({ path, headers, body: await text(request) });
    const respond = left.shift() ?? ((to: ServerResponse) => to.writeHead(204).end());
    respond(response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
