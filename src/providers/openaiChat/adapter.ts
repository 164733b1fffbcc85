import type { GatewayError } from '../../domain/errors.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProviderAdapter, ProviderCall } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import type { BodyType } from '../wire/body.ts';
import { readBodyType, readErrorBody, readJsonBody } from '../wire/body.ts';
import type { AnswerHead, Exchange } from '../wire/exchange.ts';
import { malformed } from '../wire/failure.ts';
import type { EventReader } from '../wire/stream.ts';
import { streamEvents } from '../wire/stream.ts';
import { openWire } from '../wire/wire.ts';
import { toAddress, toHeaders } from './address.ts';
import { readEmbeddings, toEmbeddingRequest } from './embeddings.ts';
import { isFault, toProviderError } from './error.ts';
import type { AnswerContext } from './events.ts';
import { readListing } from './listing.ts';
import { quirksOf } from './quirks.ts';
import { createStreamReader, createWholeReader } from './reader.ts';
import { format, toRequest } from './request.ts';

/** Speaks to one server in the format of OpenAI's chat completions (https://platform.openai.com/docs/api-reference/chat). */
export function createOpenaiChat(settings: ProviderSettings, { clock }: { readonly clock: Clock }): ProviderAdapter {
  const quirks = quirksOf(settings);
  const address = toAddress(settings, quirks);
  const headers = toHeaders(settings, quirks);
  const peer = { id: settings.id, name: settings.name };
  const wire = openWire({ peer, baseUrl: address.baseUrl, clock });

  const post = (path: string, body: object, signal: AbortSignal): Exchange =>
    wire.send({ method: 'POST', path, headers, body: JSON.stringify(body) }, signal);

  const toError = ({ status, headers: answerHeaders }: AnswerHead, body: unknown): GatewayError =>
    toProviderError({ peer, status, headers: answerHeaders, body, nowMs: clock.now() });

  /** The head of an answer that may be one; throws what any other says. */
  const acceptHead = async (exchange: Exchange): Promise<AnswerHead> => {
    const head = await exchange.head();
    if (head.status < 200 || head.status >= 300) throw toError(head, await readErrorBody(exchange));
    return head;
  };

  const readWhole = async (exchange: Exchange): Promise<unknown> => {
    const head = await acceptHead(exchange);
    const bodyType = readBodyType(head.headers, peer);
    if (bodyType !== 'json' && bodyType !== 'unsaid') throw malformed(peer, 'sent something that is not JSON');
    const body = await readJsonBody(exchange, peer);
    if (isJsonObject(body) && isFault(body)) throw toError(head, body);
    return body;
  };

  const closing = async <Result>(exchange: Exchange, read: (exchange: Exchange) => Promise<Result>): Promise<Result> => {
    try {
      return await read(exchange);
    } finally {
      exchange.close();
    }
  };

  return {
    format,
    complete(call, signal) {
      let warnings: readonly string[] = [];
      return streamEvents({
        peer,
        open() {
          const request = toRequest(call, quirks, settings);
          warnings = request.warnings;
          return post(address.operation('/chat/completions', call.offer.providerModel), request.body, signal);
        },
        async accept(exchange) {
          const head = await acceptHead(exchange);
          const context = { callId: call.id, peer, quirks, warnings, toError: (body: unknown) => toError(head, body) };
          return createReader(readBodyType(head.headers, peer), call, context);
        },
      });
    },
    async embed(call, signal) {
      const exchange = post(address.operation('/embeddings', call.offer.providerModel), toEmbeddingRequest(call, quirks, settings), signal);
      return readEmbeddings(await closing(exchange, readWhole), call.inputs.length, peer);
    },
    async listModels(signal) {
      const exchange = wire.send({ method: 'GET', path: address.models, headers, body: null }, signal);
      return readListing(await closing(exchange, readWhole), peer);
    },
    [Symbol.asyncDispose]: () => wire[Symbol.asyncDispose](),
  };
}

/** By what came, not by what was asked: some servers ignore `stream`. */
function createReader(bodyType: BodyType, { streamed }: ProviderCall, context: AnswerContext): EventReader<ProviderEvent> {
  switch (bodyType) {
    case 'events':
      return createStreamReader(context);
    case 'json':
      return createWholeReader(context);
    case 'unsaid':
      return streamed ? createStreamReader(context) : createWholeReader(context);
    case 'other':
      throw malformed(context.peer, 'sent something that is neither JSON nor a stream of events');
    default:
      return bodyType satisfies never;
  }
}
