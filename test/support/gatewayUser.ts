import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { GatewayProcess } from './gatewayProcess.ts';
import type { Answer } from './graphClient.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** Somebody with a key, or without one, who asks a running gateway as clients do. Disposing closes the socket. */
export interface GatewayUser extends AsyncDisposable {
  /** The answer whatever its status. */
  ask(query: string, variables?: Variables): Promise<Answer>;
  /** The data; throws when there are errors. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the document's, which only the test knows
  get(query: string, variables?: Variables): Promise<any>;
  /** The raw answer to a raw body. */
  post(body: string | Uint8Array<ArrayBuffer>, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** A subscription on the user's one WebSocket; leaving the loop completes it. */
  stream(query: string, variables?: Variables): AsyncIterableIterator<Answer>;
  /** `completionStream`, as `streamed` asks for it. */
  completions(input: Variables): AsyncIterableIterator<StreamEvent>;
}

/** As far as `streamed` selects it. */
export interface StreamEvent {
  readonly __typename: 'CompletionStarted' | 'CompletionDelta' | 'CompletionFinished' | 'CompletionFailed';
  readonly completionId: string;
  readonly sequence: number;
  readonly text?: string;
  readonly error?: { readonly code: string; readonly message: string; readonly retryable: boolean };
  readonly completion?: UserCompletion;
}

export interface UserCompletion {
  readonly id: string;
  readonly text: string | null;
  readonly finishReason: string | null;
  readonly usage: { readonly inputTokens: number | null; readonly outputTokens: number | null; readonly basis: string };
  readonly cost: { readonly total: string } | null;
}

const fields = 'id text finishReason usage { inputTokens outputTokens basis } cost { total }';

export const completed = `mutation ($input: CompletionInput!) { createCompletion(input: $input) { ${fields} } }`;

export const streamed = `subscription ($input: CompletionInput!) { completionStream(input: $input) { __typename
  ... on CompletionStarted { completionId sequence }
  ... on CompletionDelta { completionId sequence text }
  ... on CompletionFinished { completionId sequence completion { ${fields} } }
  ... on CompletionFailed { completionId sequence error { code message retryable } completion { ${fields} } } } }`;

/** An input for the sandbox, with its own options. */
export function sandboxInput(sandbox: Variables = {}, more: Variables = {}): Variables {
  return { model: 'sandbox/chat', messages: [{ role: 'USER', content: 'Once upon a time' }], providerOptions: { sandbox }, ...more };
}

/** `key`: null is nobody. Default: the gateway's administrator. */
export function createGatewayUser(gateway: GatewayProcess, key: string | null = gateway.adminKey): GatewayUser {
  const credentials = key === null ? {} : { authorization: `Bearer ${key}` };
  const client = createClient({ url: gateway.socketUrl, webSocketImpl: WebSocket, connectionParams: credentials, retryAttempts: 0 });

  const post: GatewayUser['post'] = (body, headers = {}) =>
    fetch(gateway.graphUrl, { method: 'POST', headers: { 'content-type': 'application/json', ...credentials, ...headers }, body });
  const ask: GatewayUser['ask'] = async (query, variables = {}) =>
    JSON.parse(await (await post(JSON.stringify({ query, variables }))).text());
  const stream: GatewayUser['stream'] = (query, variables = {}) => client.iterate({ query, variables }) as AsyncIterableIterator<Answer>;

  return {
    post,
    ask,
    stream,
    async get(query, variables) {
      const { data, errors } = await ask(query, variables);
      if (errors !== undefined) throw new Error(`The graph answered with errors: ${JSON.stringify(errors)}`);
      return data;
    },
    async *completions(input) {
      for await (const { data, errors } of stream(streamed, { input })) {
        if (errors !== undefined) throw new Error(`The stream did not start: ${JSON.stringify(errors)}`);
        yield data.completionStream;
      }
    },
    async [Symbol.asyncDispose]() {
      await client.dispose();
    },
  };
}

/** What the key behind `user` has used, from yesterday to tomorrow. */
export async function usageOf(user: GatewayUser): Promise<{ readonly requests: number; readonly errors: number; readonly cost: string }> {
  const day = 86_400_000;
  const range = { from: new Date(Date.now() - day), to: new Date(Date.now() + day) };
  const { usage } = await user.get('query ($range: DateTimeRange!) { usage(range: $range) { totals { requests errors cost } } }', {
    range,
  });
  return usage.totals;
}
