import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { chunkedHead, httpAnswer, httpChunk } from './httpBytes.ts';

/** What a provider was asked, and the ways in which it can answer. */
export interface Exchange {
  /** How often this provider was asked for this model, from 1. */
  readonly attempt: number;
  readonly streamed: boolean;
  /** The roles of the messages. */
  readonly roles: readonly string[];
  /** An answer of JSON, an error for instance. */
  json(status: number, body: unknown, headers?: Readonly<Record<string, string>>): void;
  /** The head of a stream and these tokens of the answer; not streamed, the beginning of its one body. */
  begin(tokens: readonly string[]): void;
  more(tokens: readonly string[]): void;
  /** Bytes in place of an event. */
  raw(text: string): void;
  /** A whole answer; goes on behind what has begun. */
  whole(tokens: readonly string[], done?: boolean): void;
  /** Breaks the connection. */
  reset(): void;
  /** Resolves when the client has gone. */
  readonly left: Promise<void>;
  wait(ms: number): Promise<void>;
}

export type Act = (exchange: Exchange) => void | Promise<void>;

/** When a provider was asked for a model. Milliseconds of `performance.now`. */
export interface Asked {
  readonly provider: string;
  readonly model: string;
  readonly at: number;
}

/** Several providers in one server, which speak OpenAI's format over bare sockets: how each answers for each model is written by a test. */
export interface FaultyProvider extends AsyncDisposable {
  /** Where a provider answers, with the version path. */
  url(provider: string): string;
  /** Times at which this provider was asked for this model. */
  asked(provider: string, model: string): readonly number[];
  /** Connections open now. */
  readonly connections: number;
}

export type Script = (provider: string, model: string) => Act | undefined;

export async function startFaultyProvider(script: Script): Promise<FaultyProvider> {
  const sockets = new Set<Socket>();
  const asked: Asked[] = [];
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    const left = new Promise<void>((resolve) => {
      socket.on('close', () => {
        sockets.delete(socket);
        resolve();
      });
    });
    readRequests(socket, (path, body) => {
      if (!path.endsWith('/chat/completions')) return void socket.write(httpAnswer({ status: 404, body: '{}' }));
      const provider = path.split('/')[1] ?? '';
      asked.push({ provider, model: body.model, at: performance.now() });
      const attempt = asked.filter((each) => each.provider === provider && each.model === body.model).length;
      const act = script(provider, body.model) ?? ((exchange) => exchange.json(404, {}));
      Promise.resolve(act(toExchange({ socket, left, body, attempt }))).catch(() => socket.destroy());
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The provider has no port.');
  return {
    url: (provider) => `http://127.0.0.1:${address.port}/${provider}/v1`,
    asked: (provider, model) => asked.filter((each) => each.provider === provider && each.model === model).map(({ at }) => at),
    get connections() {
      return sockets.size;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

interface ChatBody {
  readonly model: string;
  readonly stream?: boolean;
  readonly messages: readonly { readonly role: string }[];
}

interface Request {
  readonly socket: Socket;
  readonly left: Promise<void>;
  readonly body: ChatBody;
  readonly attempt: number;
}

function toExchange({ socket, left, body, attempt }: Request): Exchange {
  const streamed = body.stream === true;
  const said: string[] = [];
  let begun = false;
  const raw = (text: string) => void socket.write(httpChunk(Buffer.from(text)));
  const event = (choices: unknown, more: object = {}) => raw(`data: ${JSON.stringify({ ...envelope, choices, ...more })}\n\n`);
  const more = (tokens: readonly string[]) => {
    for (const token of tokens) {
      said.push(token);
      if (streamed) event([{ index: 0, delta: { content: token }, finish_reason: null }]);
    }
  };
  const begin = (tokens: readonly string[]) => {
    begun = true;
    socket.write(chunkedHead(streamed ? 'text/event-stream' : 'application/json'));
    if (!streamed) raw('{ "id": "answer-1",');
    more(tokens);
  };
  return {
    attempt,
    streamed,
    roles: body.messages.map(({ role }) => role),
    json: (status, body, headers = {}) =>
      void socket.write(httpAnswer({ status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })),
    begin,
    more,
    raw,
    whole(tokens, done = true) {
      if (!begun) begin([]);
      more(tokens);
      const usage = { prompt_tokens: 10, completion_tokens: said.length, total_tokens: 10 + said.length };
      if (streamed) {
        event([{ index: 0, delta: {}, finish_reason: 'stop' }]);
        event([], { usage });
        if (done) raw('data: [DONE]\n\n');
      } else {
        const message = { role: 'assistant', content: said.join('') };
        raw(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }], usage }).slice(1));
      }
      socket.write('0\r\n\r\n');
    },
    reset: () => void socket.resetAndDestroy(),
    left,
    wait: (ms) => Promise.race([pause(ms), left]),
  };
}

const envelope = { id: 'answer-1', object: 'chat.completion.chunk', created: 1, model: 'm' };

function readRequests(socket: Socket, onRequest: (path: string, body: ChatBody) => void): void {
  let received = Buffer.alloc(0);
  socket.on('data', (piece: Buffer) => {
    received = Buffer.concat([received, piece]);
    for (let end = received.indexOf('\r\n\r\n'); end >= 0; end = received.indexOf('\r\n\r\n')) {
      const head = received.subarray(0, end).toString('latin1');
      const whole = end + 4 + Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
      if (received.length < whole) return;
      const body = received.subarray(end + 4, whole).toString('utf8');
      received = received.subarray(whole);
      // What this gateway sends is what it was told to.
      onRequest(head.split(' ')[1] ?? '', body === '' ? { model: '', messages: [] } : (JSON.parse(body) as ChatBody));
    }
  });
}
