import { HeaderMap } from '@apollo/server';
import type { ExecutionResult } from 'graphql';
import type { GraphContext } from '../graphql/context.ts';
import type { Answer } from './answer.ts';
import { retryAfter } from './answer.ts';
import type { HttpOperation } from './apollo.ts';
import { createApollo } from './apollo.ts';
import type { Asked, Exchange } from './exchange.ts';
import type { ServerParts } from './parts.ts';
import type { PlainOperation } from './plainOperation.ts';
import { readPlainOperation } from './plainOperation.ts';
import { nameRequest } from './requestId.ts';
import { statusOf } from './status.ts';

export type Answerer = (exchange: Exchange, asked: Asked) => Promise<Answer>;

/**
 * One answer to a request. Apollo Server negotiates, prevents CSRF and keeps persisted queries, at about 40 microseconds a request; a plain
 * operation needs none of that, so the graph answers it at once, with the same status and headers (docs/decisions/0007).
 */
export async function createAnswerer(parts: ServerParts): Promise<Answerer> {
  const answerByApollo = await createApolloAnswerer(parts);
  return (exchange, asked) => {
    const plain = readPlainOperation(exchange.request, asked.body);
    return plain === null ? answerByApollo(exchange, asked) : answerPlain(parts, plain, openContext(parts, exchange, asked));
  };
}

async function answerPlain({ graph }: ServerParts, operation: PlainOperation, context: GraphContext): Promise<Answer> {
  const { query, operationName, variables, mediaType } = operation;
  const prepared = graph.prepare(query, context.caller?.principal ?? null);
  const result: ExecutionResult =
    'kind' in prepared ? await graph.execute({ document: prepared, operationName, variables }, context) : { errors: prepared };
  nameRequest(result.errors, context.requestId);
  // Errors first, so that whoever reads an answer sees at once that it is not whole (GraphQL specification, section 7.1).
  const ordered = result.errors === undefined ? result : { errors: result.errors, ...result };
  return toAnswer(result, { 'content-type': mediaType }, `${JSON.stringify(ordered)}\n`);
}

/** The headers of a request that Apollo Server decides by. */
const apolloHeaders = ['accept', 'content-type', 'authorization', 'apollo-require-preflight', 'x-apollo-operation-name'] as const;

async function createApolloAnswerer(parts: ServerParts): Promise<Answerer> {
  const apollo = await createApollo(parts.graph, parts.log);
  return async (exchange, asked) => {
    const { request } = exchange;
    const context = openContext(parts, exchange, asked);
    const operation: HttpOperation = { principal: asked.principal, context, result: null };
    const headers = new HeaderMap();
    for (const name of apolloHeaders) {
      const value = request.headers[name];
      if (typeof value === 'string') headers.set(name, value);
    }
    const httpGraphQLRequest = { method: request.method ?? 'GET', headers, search: asked.search, body: asked.body };
    const {
      status = 200,
      body,
      headers: given,
    } = await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: async () => ({ operation }) });
    // Apollo answers in pieces where @defer is used, which this version of GraphQL does not have.
    const text = body.kind === 'complete' ? body.string : '';
    const answerHeaders = { ...Object.fromEntries(given), 'cache-control': 'no-store' };
    if (operation.result === null) return { status, headers: answerHeaders, body: withRequestId(text, context.requestId) };
    const answer = toAnswer(operation.result, answerHeaders, text);
    return status === 405 ? { ...answer, status } : answer;
  };
}

/** Its signal is aborted when the client has gone. */
function openContext({ graph }: ServerParts, { response, requestId }: Exchange, { principal, address }: Asked): GraphContext {
  const leaving = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) leaving.abort();
  });
  if (response.destroyed) leaving.abort();
  return graph.context({ principal, requestId, address, signal: leaving.signal });
}

function toAnswer(result: ExecutionResult, headers: Readonly<Record<string, string>>, body: string): Answer {
  const status = statusOf(result, headers['content-type'] ?? '');
  const late = status === 200 ? {} : retryAfter(result.errors?.[0]?.extensions['retryAfterMs']);
  return { status, headers: { ...headers, 'cache-control': 'no-store', ...late }, body };
}

/** The errors that Apollo Server finds know nothing of requests. */
function withRequestId(text: string, requestId: string): string {
  const answer: { errors?: { extensions?: Record<string, unknown> }[] } = JSON.parse(text);
  if (answer.errors === undefined) return text;
  const errors = answer.errors.map((error) => ({ ...error, extensions: { requestId, ...error.extensions } }));
  return `${JSON.stringify({ ...answer, errors })}\n`;
}
