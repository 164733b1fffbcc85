import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider as small as one can be: it lists a model and answers every chat with the same word. */
export interface ChatServer extends AsyncDisposable {
  /** With the version path. */
  readonly url: string;
  /** How often it was asked for a completion. */
  readonly calls: number;
}

export interface ChatServerOptions {
  /** Default: any free one. */
  readonly port?: number;
  readonly model?: string;
  /** What it answers to a chat in place of its word. */
  readonly answer?: { readonly status: number; readonly type: string; readonly body: string };
}

const json = 'application/json';
const words = JSON.stringify({
  id: 'answer-1',
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 },
});

/** Rejects with EADDRINUSE when somebody has the port. */
export async function startChatServer({ port = 0, model = 'tiny', answer }: ChatServerOptions = {}): Promise<ChatServer> {
  let calls = 0;
  const listing = JSON.stringify({ object: 'list', data: [{ id: model, object: 'model', owned_by: 'tests' }] });
  const chat = answer ?? { status: 200, type: json, body: words };
  const server = createServer(async (request, response) => {
    await drain(request);
    const asksForChat = request.url?.endsWith('/chat/completions') ?? false;
    if (asksForChat) calls += 1;
    const { status, type, body } = asksForChat ? chat : { status: 200, type: json, body: listing };
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await listen(server, port);
  return {
    // A server that listens on a port has an address with one.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    get calls() {
      return calls;
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function drain(request: IncomingMessage): Promise<void> {
  for await (const _ of request);
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}
