import { createHash } from 'node:crypto';
import type { TypedDocumentNode } from '@apollo/client';
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { RemoveTypenameFromVariablesLink } from '@apollo/client/link/remove-typename';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { Client, cacheExchange, fetchExchange } from '@urql/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documents } from '../graphql/documents.ts';
import type { StreamEvent } from '../support/completionEvents.ts';
import { ending, eventFields, gapless, sequencesOf, terminalOf, textOf } from '../support/completionEvents.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GraphPlace } from '../support/httpGraph.ts';
import { openStreamClient } from '../support/streamClient.ts';

let gateway: GatewayProcess;
let admin: GraphPlace;

beforeAll(async () => {
  gateway = await startGateway();
  admin = { graphUrl: gateway.graphUrl, key: gateway.adminKey };
});
afterAll(() => gateway[Symbol.asyncDispose]());

const headers = () => ({ authorization: `Bearer ${admin.key}` });
const stream = `subscription ($input: CompletionInput!) { completionStream(input: $input) { ${eventFields} } } ${ending}`;
const story = { model: 'sandbox/chat', messages: [{ role: 'USER', content: 'Once upon a time' }], maxOutputTokens: 20 };

function expectWhole(events: readonly StreamEvent[]): void {
  expect(sequencesOf(events)).toEqual(gapless(events.length));
  expect(textOf(events)).toBe(terminalOf(events).completion.text);
}

describe('Apollo Client', () => {
  const openCache = () =>
    new InMemoryCache({
      possibleTypes: { MessagePart: ['TextPart', 'ReasoningPart', 'ToolCallPart'] },
    });
  const openApollo = (before: readonly ApolloLink[] = []) =>
    new ApolloClient({ cache: openCache(), link: ApolloLink.from([...before, new HttpLink({ uri: admin.graphUrl, headers: headers() })]) });

  // biome-ignore lint/suspicious/noExplicitAny: the shape is the document's, which only the test knows
  const query = (document: string): TypedDocumentNode<any> => gql(document);

  test('keeps models once, under their ids', async () => {
    const client = openApollo();
    const { data } = await client.query({ query: query('{ models { nodes { id slug } } }') });
    await client.query({ query: query(`{ model(slug: "sandbox/chat") { id slug name } }`) });
    const [chat] = data.models.nodes;
    expect(client.cache.extract()).toHaveProperty(`Model:${chat.id}`, {
      __typename: 'Model',
      id: chat.id,
      slug: 'sandbox/chat',
      name: expect.any(String),
    });
  });

  test('tells an error by its code', async () => {
    const unknown = query(
      `mutation { createCompletion(input: { model: "sandbox/chad", messages: [{ role: USER, content: "Hi" }] }) { text } }`,
    );
    const thrown = await openApollo()
      .mutate({ mutation: unknown })
      .catch((error: unknown) => error);
    expect(CombinedGraphQLErrors.is(thrown)).toBe(true);
    expect(thrown).toMatchObject({
      errors: [{ extensions: { code: 'UNKNOWN_MODEL', suggestions: expect.arrayContaining(['sandbox/chat']) } }],
    });
  });

  test('hands an answer back as it came, however its cache has marked it', async () => {
    const client = openApollo([new RemoveTypenameFromVariablesLink()]);
    const mutation = query(`mutation ($input: CompletionInput!) {
      createCompletion(input: $input) {
        id text finishReason toolCalls { id }
        message { role content parts { ... on TextPart { text } ... on ReasoningPart { reasoning { text signature } } ... on ToolCallPart { toolCall { id name arguments } } } }
      }
    }`);
    const tools = [{ name: 'weather' }];
    const messages: unknown[] = [{ role: 'USER', content: 'The weather, and the weather of tomorrow' }];
    const asked = await client.mutate({
      mutation,
      variables: { input: { ...story, messages, tools, reasoningEffort: 'MINIMAL', maxOutputTokens: 90 } },
    });
    const { message, toolCalls, finishReason } = asked.data.createCompletion;
    expect(finishReason).toBe('TOOL_CALLS');
    expect(message.parts.map(({ __typename }: { readonly __typename: string }) => __typename)).toEqual(['ReasoningPart', 'ToolCallPart']);
    messages.push(message, { role: 'TOOL', parts: [{ toolResult: { toolCallId: toolCalls[0].id, parts: [{ text: 'Rain' }] } }] });
    const answered = await client.mutate({ mutation, variables: { input: { ...story, messages, tools } } });
    expect(answered.data.createCompletion).toMatchObject({
      text: expect.stringContaining('simulated'),
      message: { role: 'ASSISTANT', parts: null },
    });
  });

  test('sends hashes in place of queries', async () => {
    const sent: string[] = [];
    const counting: typeof fetch = async (input, init) => {
      sent.push(String(init?.method));
      return fetch(input, init);
    };
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const link = ApolloLink.from([
      new PersistedQueryLink({ sha256, useGETForHashedQueries: true }),
      new HttpLink({ uri: admin.graphUrl, headers: headers(), fetch: counting }),
    ]);
    const ask = () => new ApolloClient({ cache: new InMemoryCache(), link }).query({ query: gql(documents.Me) });
    const first = await ask();
    expect(await ask()).toEqual(first);
    // By its hash, with its text, and from then on by its hash.
    expect(sent).toEqual(['GET', 'POST', 'GET']);
  });

  test('streams over graphql-ws', async () => {
    await using socket = openStreamClient(admin);
    const client = new ApolloClient({ cache: new InMemoryCache(), link: new GraphQLWsLink(socket) });
    const events: StreamEvent[] = [];
    await new Promise<void>((resolve, reject) => {
      client.subscribe({ query: query(stream), variables: { input: story }, fetchPolicy: 'no-cache' }).subscribe({
        next: ({ data, error }) => (error === undefined ? events.push(data.completionStream) : reject(error)),
        error: reject,
        complete: resolve,
      });
    });
    expectWhole(events);
  });
});

describe('urql', () => {
  const openUrql = (options: object = {}) =>
    new Client({ url: admin.graphUrl, exchanges: [cacheExchange, fetchExchange], fetchOptions: { headers: headers() }, ...options });

  test('asks by GET as it likes to', async () => {
    const { data, error } = await openUrql({ preferGetMethod: 'force' }).query(documents.Me, {}).toPromise();
    expect(error).toBeUndefined();
    expect(data.viewer.scopes).toEqual(['ADMIN']);
  });

  test('tells an error by its code', async () => {
    const mutation = `mutation { createCompletion(input: { model: "sandbox/chad", messages: [{ role: USER, content: "Hi" }] }) { text } }`;
    const { error } = await openUrql().mutation(mutation, {}).toPromise();
    expect(error?.graphQLErrors).toMatchObject([{ extensions: { code: 'UNKNOWN_MODEL' } }]);
  });

  test('streams by Server-Sent Events without a WebSocket', async () => {
    const events: StreamEvent[] = [];
    await new Promise<void>((resolve, reject) => {
      openUrql({ fetchSubscriptions: true })
        .subscription(stream, { input: story })
        .subscribe(({ data, error, hasNext }) => {
          if (error !== undefined) return reject(error);
          const event: StreamEvent = data.completionStream;
          if (events.at(-1)?.sequence !== event.sequence) events.push(event);
          if (!hasNext || event.completion !== undefined) resolve();
        });
    });
    expectWhole(events);
  });
});
