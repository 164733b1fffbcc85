import type { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import { readBodyType, readErrorBody, readJsonBody } from './body.ts';
import type { AnswerHead, Exchange } from './exchange.ts';
import type { Peer } from './failure.ts';
import { malformed } from './failure.ts';
import type { WireSettings } from './wire.ts';
import { openWire } from './wire.ts';

/** What every HTTP format does alike: sends JSON, refuses what is no answer, reads whole bodies. */
export interface Endpoint extends AsyncDisposable {
  post(request: EndpointRequest, signal: AbortSignal): Exchange;
  get(request: Omit<EndpointRequest, 'body'>, signal: AbortSignal): Exchange;
  /** The head of an answer that may be one; throws what any other says. */
  accept(exchange: Exchange): Promise<AnswerHead>;
  /** The JSON of a whole answer. Throws what a refusal says, UPSTREAM_MALFORMED for what is no JSON. Closes the exchange. */
  read(exchange: Exchange): Promise<unknown>;
}

export interface EndpointRequest {
  /** With the query, from the origin's root. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body: string;
}

export interface EndpointSettings extends WireSettings {
  /** What a refusal means. `body` is JSON, null where it was none. */
  toError(head: AnswerHead, body: unknown): GatewayError;
  /** Whether the body of an answer with a good status is a refusal all the same. */
  isFault(body: JsonObject): boolean;
}

export function openEndpoint(settings: EndpointSettings): Endpoint {
  const { peer, toError } = settings;
  const wire = openWire(settings);

  const accept = async (exchange: Exchange): Promise<AnswerHead> => {
    const head = await exchange.head();
    if (head.status < 200 || head.status >= 300) throw toError(head, await readErrorBody(exchange));
    return head;
  };
  return {
    post: (request, signal) => wire.send({ method: 'POST', ...request }, signal),
    get: (request, signal) => wire.send({ method: 'GET', ...request, body: null }, signal),
    accept,
    async read(exchange) {
      try {
        const head = await accept(exchange);
        requireJson(head, peer);
        const body = await readJsonBody(exchange, peer);
        if (isJsonObject(body) && settings.isFault(body)) throw toError(head, body);
        return body;
      } finally {
        exchange.close();
      }
    },
    [Symbol.asyncDispose]: () => wire[Symbol.asyncDispose](),
  };
}

function requireJson({ headers }: AnswerHead, peer: Peer): void {
  const bodyType = readBodyType(headers, peer);
  if (bodyType !== 'json' && bodyType !== 'unsaid') throw malformed(peer, 'sent something that is not JSON');
}
