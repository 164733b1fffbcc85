import type { GatewayError } from '../../domain/errors.ts';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProviderAdapter, ProviderCall } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import type { BodyType } from '../wire/body.ts';
import { readBodyType } from '../wire/body.ts';
import { openEndpoint } from '../wire/endpoint.ts';
import type { AnswerHead, Exchange } from '../wire/exchange.ts';
import { malformed, toPeer } from '../wire/failure.ts';
import { isFault, toProviderError } from '../wire/openaiError.ts';
import type { EventReader } from '../wire/stream.ts';
import { streamEvents } from '../wire/stream.ts';
import { toAddress, toHeaders } from './address.ts';
import { readEmbeddings, toEmbeddingRequest } from './embeddings.ts';
import type { AnswerContext } from './events.ts';
import { readListing } from './listing.ts';
import { quirksOf } from './quirks.ts';
import { createStreamReader, createWholeReader } from './reader.ts';
import type { Request } from './request.ts';
import { format, toRequest } from './request.ts';

/** Speaks to one server in the format of OpenAI's chat completions (https://platform.openai.com/docs/api-reference/chat). */
export function createOpenaiChat(settings: ProviderSettings, { clock }: { readonly clock: Clock }): ProviderAdapter {
  const quirks = quirksOf(settings);
  const address = toAddress(settings, quirks);
  const headers = toHeaders(settings, quirks);
  const peer = toPeer(settings);
  const toError = ({ status, headers: answerHeaders }: AnswerHead, body: unknown): GatewayError =>
    toProviderError({ peer, status, headers: answerHeaders, body, nowMs: clock.now() });
  const endpoint = openEndpoint({ ...settings, peer, baseUrl: address.baseUrl, clock, toError, isFault });
  const post = (path: string, body: object, signal: AbortSignal): Exchange =>
    endpoint.post({ path, headers, body: JSON.stringify(body) }, signal);

  return {
    format,
    complete(call, signal) {
      let request: Request | null = null;
      return streamEvents({
        peer,
        open() {
          request = toRequest(call, quirks, settings);
          return post(address.operation('/chat/completions', call.offer.providerModel), request.body, signal);
        },
        async accept(exchange) {
          const head = await endpoint.accept(exchange);
          const { warnings = [], schemaMethod = null } = request ?? {};
          const asked = { callId: call.id, choices: call.prompt.choices, warnings, schemaMethod };
          const context = { ...asked, peer, quirks, toError: (body: unknown) => toError(head, body) };
          return createReader(readBodyType(head.headers, peer), call, context);
        },
      });
    },
    async embed(call, signal) {
      const exchange = post(address.operation('/embeddings', call.offer.providerModel), toEmbeddingRequest(call, quirks, settings), signal);
      return readEmbeddings(await endpoint.read(exchange), call.inputs.length, peer);
    },
    async listModels(signal) {
      return readListing(await endpoint.read(endpoint.get({ path: address.models, headers }, signal)), peer);
    },
    [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose](),
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
    case 'lines':
    case 'other':
      throw malformed(context.peer, 'sent something that is neither JSON nor a stream of events');
    default:
      return bodyType satisfies never;
  }
}
