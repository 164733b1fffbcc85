import type { AnswerOrder } from '../answer.ts';
import { promptFor, textOf } from '../answer.ts';
import type { HttpConnection } from '../load/http.ts';
import { openHttp, toBytes } from '../load/http.ts';
import { createPool } from '../load/pool.ts';
import type { SubscriptionSocket } from '../load/subscription.ts';
import { openSubscriptions } from '../load/subscription.ts';
import { benchModel } from './modelgraphHome.ts';
import type { StreamOrder, StreamReading, Target } from './target.ts';
import { left } from './target.ts';

const completeDocument = `mutation Complete($input: CompletionInput!) {
  createCompletion(input: $input) { id text finishReason usage { inputTokens outputTokens basis } cost { total } }
}`;
const streamDocument = `subscription Stream($input: CompletionInput!) {
  completionStream(input: $input) {
    __typename
    ... on CompletionDelta { sequence offset text }
    ... on CompletionFinished { sequence completion { text finishReason usage { inputTokens outputTokens basis } cost { total } } }
    ... on CompletionFailed { sequence error { code message } }
  }
}`;

interface Completion {
  readonly text: string;
  readonly finishReason: string;
  readonly usage: { readonly outputTokens: number; readonly basis: string };
  readonly cost: { readonly total: string };
}

interface Answer {
  readonly data?: { readonly createCompletion: Completion | null } | null;
  readonly errors?: unknown;
}

interface Caller extends HttpConnection {
  readonly secret: string;
}

interface StreamEvent {
  readonly __typename: string;
  readonly sequence?: number;
  readonly offset?: number;
  readonly text?: string;
  readonly completion?: Completion;
  readonly error?: { readonly code: string; readonly message: string };
}

function inputFor(order: AnswerOrder) {
  return {
    model: benchModel,
    messages: [
      { role: 'SYSTEM', content: 'You are the upstream of a measurement.' },
      { role: 'USER', content: promptFor(order) },
    ],
    maxOutputTokens: order.events,
  };
}

function check(what: string, { text, finishReason, usage, cost }: Completion, events: number): void {
  const right = text === textOf(events) && finishReason === 'STOP' && usage.outputTokens === events && usage.basis === 'MEASURED';
  if (right && Number(cost.total) > 0) return;
  throw new Error(
    `${what} did not bring the answer of ${events} pieces: ${text.length} characters, ${JSON.stringify({ finishReason, usage, cost })}.`,
  );
}

/** Follows one stream: no gap in the deltas' text, and the last event is the finish with the whole of it. */
function createFollower(order: StreamOrder, begun: number) {
  let text = '';
  let messages = 0;
  let firstTokenMs = Number.NaN;
  let completion: Completion | undefined;

  const takeDelta = ({ text: more = '', offset }: StreamEvent) => {
    if (text === '' && more !== '') {
      firstTokenMs = performance.now() - begun;
      order.onFirstToken?.();
    }
    if (offset !== text.length) throw new Error(`A delta came at ${offset}, after ${text.length} characters.`);
    text += more;
  };

  return {
    take(result: unknown) {
      const { data, errors } = result as { readonly data?: { readonly completionStream: StreamEvent } | null; readonly errors?: unknown };
      const event = data?.completionStream;
      if (event === undefined || event.error !== undefined) throw new Error(`A stream failed: ${JSON.stringify(errors ?? event)}`);
      messages += 1;
      if (event.__typename === 'CompletionDelta') takeDelta(event);
      completion = event.completion;
    },
    finish(): StreamReading {
      if (completion === undefined || text !== completion.text)
        throw new Error(`A stream ended without its finish, after ${text.length} characters.`);
      check('A stream', completion, order.events);
      return { firstTokenMs, messages };
    },
  };
}

async function follow(socket: SubscriptionSocket, order: StreamOrder): Promise<StreamReading> {
  const payload = { query: streamDocument, variables: { input: inputFor(order) } };
  const follower = createFollower(order, performance.now());
  let failure: unknown = null;
  const { ended, leave } = socket.subscribe(payload, (result) => {
    try {
      follower.take(result);
    } catch (error) {
      failure ??= error;
      leave();
    }
  });
  order.signal?.addEventListener('abort', leave, { once: true });
  await ended;
  if (failure !== null) throw failure;
  return order.signal?.aborted === true ? left : follower.finish();
}

async function complete({ post, secret }: Caller, port: number, events: number): Promise<void> {
  const body = JSON.stringify({ query: completeDocument, variables: { input: inputFor({ kind: 'whole', events }) } });
  const headers = { authorization: `Bearer ${secret}`, accept: 'application/json' };
  const answer = await post(toBytes({ port, path: '/graphql', headers, body }));
  const { data, errors } = JSON.parse(answer.body) as Answer; // Checked below.
  if (data?.createCompletion == null) throw new Error(`A call was answered ${answer.status}: ${JSON.stringify(errors)}`);
  check('A call', data.createCompletion, events);
}

/** Each connection takes the next of the keys. */
export function createModelgraphCalls(port: number, secrets: readonly string[]): Pick<Target, 'complete' | 'stream'> & { close(): void } {
  let opened = 0;
  const nextSecret = (): string => {
    opened += 1;
    return secrets[opened % secrets.length] ?? '';
  };
  const callers = createPool(async (): Promise<Caller> => ({ ...(await openHttp(port)), secret: nextSecret() }));
  const sockets = createPool(() => openSubscriptions(port, nextSecret()));
  return {
    complete: (events) => callers.use((caller) => complete(caller, port, events)),
    stream: (order) => sockets.use((socket) => follow(socket, order)),
    close() {
      callers.close();
      sockets.close();
    },
  };
}
