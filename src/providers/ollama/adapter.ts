import type { GatewayError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProviderAdapter } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import { complete } from '../wire/completion.ts';
import { openEndpoint } from '../wire/endpoint.ts';
import type { AnswerHead } from '../wire/exchange.ts';
import { toPeer } from '../wire/failure.ts';
import { readEmbeddings, toEmbeddingRequest } from './embeddings.ts';
import { toProviderError } from './error.ts';
import { createInterpreter, isFault } from './events.ts';
import { readListing } from './listing.ts';
import { toRequest } from './request.ts';
import { format } from './wire.ts';

/** Speaks to Ollama in its own format (https://docs.ollama.com/api). */
export function createOllama(settings: ProviderSettings, { clock }: { readonly clock: Clock }): ProviderAdapter {
  const baseUrl = new URL(settings.baseUrl);
  const root = baseUrl.pathname.replace(/\/+$/, '');
  const headers = settings.apiKey === null ? settings.headers : { authorization: `Bearer ${settings.apiKey}`, ...settings.headers };
  const peer = toPeer(settings);
  const toError = ({ status, headers: answerHeaders }: AnswerHead, body: unknown): GatewayError =>
    toProviderError({ peer, status, headers: answerHeaders, body, nowMs: clock.now() });
  const endpoint = openEndpoint({ ...settings, peer, baseUrl, clock, toError, isFault });

  return {
    format,
    complete: (call, signal) =>
      complete({
        peer,
        endpoint,
        call,
        toRequest: () => toRequest(call, settings),
        send: (body) => endpoint.post({ path: `${root}/api/chat`, headers, body }, signal),
        interpret: ({ warnings, schemaMethod }, head) =>
          createInterpreter({ callId: call.id, peer, warnings, schemaMethod, toError: (body) => toError(head, body) }),
      }),
    async embed(call, signal) {
      const body = JSON.stringify(toEmbeddingRequest(call, settings));
      return readEmbeddings(
        await endpoint.read(endpoint.post({ path: `${root}/api/embed`, headers, body }, signal)),
        call.inputs.length,
        peer,
      );
    },
    async listModels(signal) {
      return readListing(await endpoint.read(endpoint.get({ path: `${root}/api/tags`, headers }, signal)), peer);
    },
    [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose](),
  };
}
