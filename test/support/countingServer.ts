import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the provider would put on its bill for one request. */
export interface Generated {
  readonly id: string;
  readonly inputTokens: number;
  outputTokens: number;
  /** The whole answer was sent, with its usage. */
  complete: boolean;
}

/** A provider that keeps books of what it generates: one token a chunk, and an answer's usage at its end. */
export interface CountingServer extends AsyncDisposable {
  /** With the version path. */
  readonly url: string;
  /** By the id of the answer. */
  readonly generated: ReadonlyMap<string, Generated>;
}

interface ChatRequest {
  readonly stream?: boolean;
  readonly max_tokens?: number;
}

const model = 'counted';

export async function startCountingServer(): Promise<CountingServer> {
  const generated = new Map<string, Generated>();

  function begin(): Generated {
    const number = generated.size;
    const one = { id: `answer-${number}`, inputTokens: 11 + (number % 7), outputTokens: 0, complete: false };
    generated.set(one.id, one);
    return one;
  }

  const server = createServer(async (request, response) => {
    if (!request.url?.endsWith('/chat/completions')) return void response.writeHead(404).end();
    // The gateway's own request.
    const asked = JSON.parse(await text(request)) as ChatRequest;
    const one = begin();
    const tokens = Math.min(asked.max_tokens ?? 30, 5 + (generated.size % 30));
    if (asked.stream === true) stream(response, one, tokens);
    else answer(response, one, tokens);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    // A server that listens on a port has an address with one.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    generated,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** What was written is generated, whether anybody is there to read it or not. */
function answer(response: ServerResponse, one: Generated, tokens: number): void {
  one.outputTokens = tokens;
  one.complete = true;
  const message = { role: 'assistant', content: 'word '.repeat(tokens) };
  const choices = [{ index: 0, message, finish_reason: 'stop' }];
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ id: one.id, object: 'chat.completion', model, choices, usage: usageOf(one) }));
}

function stream(response: ServerResponse, one: Generated, tokens: number): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (rest: object): void => {
    response.write(`data: ${JSON.stringify({ id: one.id, object: 'chat.completion.chunk', model, ...rest })}\n\n`);
  };
  const timer = setInterval(() => {
    if (one.outputTokens < tokens) {
      one.outputTokens += 1;
      send({ choices: [{ index: 0, delta: { content: 'word ' } }] });
      return;
    }
    clearInterval(timer);
    one.complete = true;
    send({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    send({ choices: [], usage: usageOf(one) });
    response.end('data: [DONE]\n\n');
  }, 2);
  response.once('close', () => clearInterval(timer));
}

function usageOf({ inputTokens, outputTokens }: Generated): object {
  return { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens };
}
