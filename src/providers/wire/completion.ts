import type { JsonObject } from '../../domain/json.ts';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import type { ProviderCall } from '../../ports/provider.ts';
import type { Interpreter } from './answer.ts';
import { createAnswerReader } from './answer.ts';
import { readBodyType } from './body.ts';
import type { Endpoint } from './endpoint.ts';
import type { AnswerHead, Exchange } from './exchange.ts';
import type { Peer } from './failure.ts';
import { streamEvents } from './stream.ts';

export interface CompletionParts<Request extends { readonly body: JsonObject }> {
  readonly peer: Peer;
  readonly endpoint: Endpoint;
  readonly call: Pick<ProviderCall, 'streamed'>;
  /** Throws UNSUPPORTED_PARAMETER or INVALID_REQUEST. */
  toRequest(): Request;
  /** A promise where it has to be signed first. */
  send(body: string): Exchange | Promise<Exchange>;
  /** What reads an answer that began well. */
  interpret(request: Request, head: AnswerHead): Interpreter;
}

/** A completion as most formats have it: JSON is sent, and a stream of events or one body comes back. Nothing happens before it is read. */
export function complete<Request extends { readonly body: JsonObject }>(
  parts: CompletionParts<Request>,
): AsyncIterable<readonly ProviderEvent[]> {
  const { peer, endpoint, call } = parts;
  let made: Request | null = null;
  const request = (): Request => {
    made ??= parts.toRequest();
    return made;
  };
  return streamEvents({
    peer,
    open: () => parts.send(JSON.stringify(request().body)),
    async accept(exchange) {
      const head = await endpoint.accept(exchange);
      return createAnswerReader(parts.interpret(request(), head), {
        peer,
        bodyType: readBodyType(head.headers, peer),
        streamed: call.streamed,
      });
    },
  });
}
