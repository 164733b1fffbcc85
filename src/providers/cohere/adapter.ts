import type { GatewayError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProviderAdapter } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import { complete } from '../wire/completion.ts';
import { embedInParts } from '../wire/embedInParts.ts';
import { openEndpoint } from '../wire/endpoint.ts';
import type { AnswerHead } from '../wire/exchange.ts';
import { toPeer } from '../wire/failure.ts';
import { mostTexts, readEmbeddings, toEmbeddingRequest } from './embeddings.ts';
import { toProviderError } from './error.ts';
import { createInterpreter } from './events.ts';
import { readListing } from './listing.ts';
import { toRequest } from './request.ts';
import { format } from './wire.ts';

/** Speaks to Cohere in the second version of its format (https://docs.cohere.com/reference/chat). */
export function createCohere(settings: ProviderSettings, { clock }: { readonly clock: Clock }): ProviderAdapter {
  const baseUrl = new URL(settings.baseUrl);
  const root = baseUrl.pathname.replace(/\/+$/, '');
  const headers = settings.apiKey === null ? settings.headers : { authorization: `Bearer ${settings.apiKey}`, ...settings.headers };
  const peer = toPeer(settings);
  const toError = ({ status, headers: answerHeaders }: AnswerHead, body: unknown): GatewayError =>
    toProviderError({ peer, status, headers: answerHeaders, body, nowMs: clock.now() });
  const endpoint = openEndpoint({ ...settings, peer, baseUrl, clock, toError, isFault: () => false });

  return {
    format,
    complete: (call, signal) =>
      complete({
        peer,
        endpoint,
        call,
        toRequest: () => toRequest(call, settings),
        send: (body) => endpoint.post({ path: `${root}/chat`, headers, body }, signal),
        interpret: ({ warnings, schemaMethod }) => createInterpreter({ peer, warnings, schemaMethod }),
      }),
    embed(call, signal) {
      return embedInParts({
        call,
        most: mostTexts,
        signal,
        async ask(part, partSignal) {
          const body = JSON.stringify(toEmbeddingRequest(part, settings));
          const exchange = endpoint.post({ path: `${root}/embed`, headers, body }, partSignal);
          return readEmbeddings(await endpoint.read(exchange), part.inputs.length, peer);
        },
      });
    },
    async listModels(signal) {
      // The listing has stayed in the first version.
      const path = `${root.replace(/v2$/, 'v1')}/models?page_size=1000`;
      return readListing(await endpoint.read(endpoint.get({ path, headers }, signal)), peer);
    },
    [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose](),
  };
}
