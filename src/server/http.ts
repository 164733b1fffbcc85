import { GatewayError, toGatewayError } from '../domain/errors.ts';
import { acceptsAnswer, asksForEvents } from './accept.ts';
import type { Answer } from './answer.ts';
import { send, sendError } from './answer.ts';
import { readJson, saysJson } from './body.ts';
import { bodyLimitOf, identify } from './credential.ts';
import type { Exchange, Handler } from './exchange.ts';
import { createAnswerer } from './httpAnswer.ts';
import type { OriginPolicy } from './origin.ts';
import { preflightHeaders } from './origin.ts';
import type { ServerParts } from './parts.ts';
import type { StreamHandler } from './sse.ts';

interface Doors {
  readonly origins: OriginPolicy;
  readonly stream: StreamHandler;
}

/** `/graphql` without WebSockets: one answer to a request, or events where the client asks for them. */
export async function createHttpGraph(parts: ServerParts, { origins, stream }: Doors): Promise<Handler> {
  const { access, clientAddress, settings, log } = parts;
  const answerOnce = await createAnswerer(parts);

  async function answer(exchange: Exchange): Promise<void> {
    const { request } = exchange;
    const { authorization } = request.headers;
    const address = clientAddress(request);
    const principal = await identify(access, { authorization, address });
    const body = request.method === 'POST' ? await readJson(request, bodyLimitOf(principal, settings.bodyLimits)) : undefined;
    const asked = { principal, address, body, search: searchOf(request.url) };
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

function searchOf(url = ''): string {
  const mark = url.indexOf('?');
  return mark === -1 ? '' : url.slice(mark);
}
