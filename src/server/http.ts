import { HeaderMap } from '@apollo/server';
import { GatewayError, toGatewayError } from '../domain/errors.ts';
import { acceptsAnswer, asksForEvents } from './accept.ts';
import type { Answer } from './answer.ts';
import { retryAfter, send, sendError } from './answer.ts';
import type { HttpOperation } from './apollo.ts';
import { createApollo } from './apollo.ts';
import { readJson, saysJson } from './body.ts';
import { bodyLimitOf, identify } from './credential.ts';
import type { Asked, Exchange, Handler } from './exchange.ts';
import type { OriginPolicy } from './origin.ts';
import { preflightHeaders } from './origin.ts';
import type { ServerParts } from './parts.ts';
import type { StreamHandler } from './sse.ts';
import { statusOf } from './status.ts';

interface Doors {
  readonly origins: OriginPolicy;
  readonly stream: StreamHandler;
}

/** The headers of a request that Apollo Server decides by. */
const apolloHeaders = ['accept', 'content-type', 'authorization', 'apollo-require-preflight', 'x-apollo-operation-name'] as const;

/** `/graphql` without WebSockets: one answer to a request, or events where the client asks for them. */
export async function createHttpGraph(parts: ServerParts, { origins, stream }: Doors): Promise<Handler> {
  const { access, settings, log } = parts;
  const answerOnce = await createAnswerer(parts);

  async function answer(exchange: Exchange): Promise<void> {
    const { request } = exchange;
    const authorization = request.headers.authorization;
    const principal = await identify(access, authorization);
    const body = request.method === 'POST' ? await readJson(request, bodyLimitOf(principal, settings.bodyLimits)) : undefined;
    const asked = { principal, body, search: searchOf(request.url) };
    if (!asksForEvents(request)) send(exchange, await answerOnce(exchange, asked));
    else if (origins.allows(request)) await stream(exchange, asked);
    else throw new GatewayError('FORBIDDEN', 'Pages of this origin may not open event streams here.');
  }

  return async (plain) => {
    const exchange = { ...plain, headers: { ...plain.headers, ...origins.headers(plain.request) } };
    const refused = refuse(exchange);
    if (refused !== null) return sendError(exchange, refused.error, { log, status: refused.status, headers: { allow } });
    if (plain.request.method === 'OPTIONS') return send(exchange, preflight(exchange));
    try {
      await answer(exchange);
    } catch (thrown) {
      sendError(exchange, toGatewayError(thrown), { log });
    }
  };
}

const allow = 'GET, POST, OPTIONS';

interface Refusal {
  readonly status: number;
  readonly error: GatewayError;
}

/** What can be refused by method and headers alone. */
function refuse({ request }: Exchange): Refusal | null {
  const { method, headers } = request;
  if (method === 'OPTIONS') return null;
  if (method !== 'GET' && method !== 'POST') return refusal(405, `The graph answers to ${allow}.`);
  if (!acceptsAnswer(request))
    return refusal(406, 'The graph answers in `application/graphql-response+json`, `application/json` and `text/event-stream`.');
  if (method === 'GET') return null;
  const plain = (headers['content-encoding'] ?? 'identity') === 'identity';
  return plain && saysJson(request) ? null : refusal(415, 'The body must be uncompressed `application/json`.');
}

function refusal(status: number, sentence: string): Refusal {
  return { status, error: new GatewayError('INVALID_REQUEST', sentence) };
}

function preflight({ request, headers }: Exchange): Answer {
  const allowed = headers['access-control-allow-origin'] !== undefined;
  return { status: 204, headers: allowed ? preflightHeaders(request) : { allow }, body: '' };
}

type Answerer = (exchange: Exchange, asked: Asked) => Promise<Answer>;

async function createAnswerer({ graph, log }: ServerParts): Promise<Answerer> {
  const apollo = await createApollo(graph, log);
  return async ({ request, response, requestId }, { principal, body, search }) => {
    const leaving = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) leaving.abort();
    });
    if (response.destroyed) leaving.abort();
    const context = graph.context({ principal, requestId, signal: leaving.signal });
    const operation: HttpOperation = { principal, context, result: null };
    const headers = new HeaderMap();
    for (const name of apolloHeaders) {
      const value = request.headers[name];
      if (typeof value === 'string') headers.set(name, value);
    }
    const httpGraphQLRequest = { method: request.method ?? 'GET', headers, search, body };
    const answered = await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: async () => ({ operation }) });
    // Apollo answers in pieces where @defer is used, which this version of GraphQL does not have.
    const text = answered.body.kind === 'complete' ? answered.body.string : '';
    return toAnswer({ status: answered.status ?? 200, headers: Object.fromEntries(answered.headers), text }, operation);
  };
}

interface ApolloAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

function toAnswer({ status, headers, text }: ApolloAnswer, { result, context }: HttpOperation): Answer {
  const noStore = { ...headers, 'cache-control': 'no-store' };
  if (result === null) return { status, headers: noStore, body: withRequestId(text, context.requestId) };
  const ownStatus = status === 405 ? status : statusOf(result, headers['content-type'] ?? '');
  const late = ownStatus === 200 ? {} : retryAfter(result.errors?.[0]?.extensions['retryAfterMs']);
  return { status: ownStatus, headers: { ...noStore, ...late }, body: text };
}

/** The errors that Apollo Server finds know nothing of requests. */
function withRequestId(text: string, requestId: string): string {
  const answer: { errors?: { extensions?: Record<string, unknown> }[] } = JSON.parse(text);
  if (answer.errors === undefined) return text;
  const errors = answer.errors.map((error) => ({ ...error, extensions: { requestId, ...error.extensions } }));
  return `${JSON.stringify({ ...answer, errors })}\n`;
}

function searchOf(url = ''): string {
  const mark = url.indexOf('?');
  return mark === -1 ? '' : url.slice(mark);
}
