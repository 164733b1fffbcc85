import type { AnswerOrder } from '../answer.ts';
import { chatRequest, textOf } from '../answer.ts';
import type { HttpConnection } from '../load/http.ts';
import { openHttp, toBytes } from '../load/http.ts';
import { createPool } from '../load/pool.ts';
import type { StreamOrder, StreamReading, Target } from './target.ts';
import { left } from './target.ts';

/** Calls in the shape of OpenAI chat completions, for whatever answers them on a port: the upstream itself and the peer. */
export interface OpenaiAddress {
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
}

interface Chunk {
  readonly choices: readonly {
    readonly delta?: { readonly content?: string };
    readonly message?: { readonly content?: string };
    readonly finish_reason: string | null;
  }[];
  readonly usage?: { readonly completion_tokens: number } | null;
}

interface Answer {
  readonly text: string;
  readonly finished: boolean;
  readonly outputTokens: number | undefined;
}

function check(what: string, answer: Answer, events: number): void {
  const { text, finished, outputTokens } = answer;
  if (text === textOf(events) && finished && outputTokens === events) return;
  const seen = `${text.length} of ${textOf(events).length} characters, ${finished ? 'finished' : 'not finished'}, usage ${outputTokens}`;
  throw new Error(`${what} did not bring the answer of ${events} pieces: ${seen}.`);
}

function readWhole(body: string): Answer {
  const { choices, usage } = JSON.parse(body) as Chunk;
  return {
    text: choices[0]?.message?.content ?? '',
    finished: choices[0]?.finish_reason === 'stop',
    outputTokens: usage?.completion_tokens,
  };
}

function readEvents(body: string): Answer {
  const data = body.split('\n').flatMap((line) => (line.startsWith('data: ') ? [line.slice(6)] : []));
  const chunks = data.filter((event) => event !== '[DONE]').map((event) => JSON.parse(event) as Chunk);
  return {
    text: chunks.map(({ choices }) => choices[0]?.delta?.content ?? '').join(''),
    finished: data.at(-1) === '[DONE]' && chunks.some(({ choices }) => choices[0]?.finish_reason === 'stop'),
    outputTokens: chunks.findLast(({ usage }) => usage != null)?.usage?.completion_tokens,
  };
}

export function createOpenaiCalls({ port, headers }: OpenaiAddress): Pick<Target, 'complete' | 'stream'> & { close(): void } {
  const connections = createPool(() => openHttp(port));
  const requestFor = (order: AnswerOrder): Buffer =>
    toBytes({ port, path: '/v1/chat/completions', headers, body: JSON.stringify(chatRequest(order)) });

  const exchange = async (connection: HttpConnection, order: StreamOrder): Promise<StreamReading> => {
    // An event with the role alone comes before the text at some servers: only text counts as the first token.
    const answer = await connection.post(requestFor(order), { firstText: '"content":" w0"', onFirstText: order.onFirstToken });
    if (answer.status !== 200) throw new Error(`A stream was answered ${answer.status}: ${answer.body.slice(0, 200)}`);
    check('A stream', readEvents(answer.body), order.events);
    return { firstTokenMs: answer.firstTextMs ?? Number.NaN, messages: answer.reads };
  };

  const streamUntil = async (order: StreamOrder, signal: AbortSignal): Promise<StreamReading> => {
    const connection = await openHttp(port);
    signal.addEventListener('abort', connection.close, { once: true });
    try {
      return await exchange(connection, order);
    } catch (error) {
      if (signal.aborted) return left;
      throw error;
    } finally {
      connection.close();
    }
  };

  return {
    complete: (events) =>
      connections.use(async (connection) => {
        const { status, body } = await connection.post(requestFor({ kind: 'whole', events }));
        if (status !== 200) throw new Error(`A call was answered ${status}: ${body.slice(0, 200)}`);
        check('A call', readWhole(body), events);
      }),
    stream: (order) =>
      order.signal === undefined ? connections.use((connection) => exchange(connection, order)) : streamUntil(order, order.signal),
    close: connections.close,
  };
}
