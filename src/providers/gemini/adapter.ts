import type { GatewayError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProviderAdapter } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import { complete } from '../wire/completion.ts';
import { embedInParts } from '../wire/embedInParts.ts';
import { openEndpoint } from '../wire/endpoint.ts';
import type { AnswerHead } from '../wire/exchange.ts';
import { toPeer } from '../wire/failure.ts';
import { createAccess, tokenOrigin } from './access.ts';
import { toAddress } from './address.ts';
import { mostTexts, readEmbeddings, toBatch, toPrediction } from './embeddings.ts';
import { isFault, toProviderError, toTokenRefusal } from './error.ts';
import { createInterpreter } from './events.ts';
import { readListing } from './listing.ts';
import { toRequest } from './request.ts';
import { format } from './wire.ts';

/** Speaks to Gemini, on AI Studio (https://ai.google.dev/api) or on Vertex AI, which `options.project` chooses. */
export function createGemini(settings: ProviderSettings, { clock }: { readonly clock: Clock }): ProviderAdapter {
  const baseUrl = new URL(settings.baseUrl);
  const address = toAddress(settings);
  const peer = toPeer(settings);
  const toError = ({ status, headers }: AnswerHead, body: unknown): GatewayError => {
    if (status === 401) access.forget();
    return toProviderError({ peer, status, headers, body, nowMs: clock.now() });
  };
  const about = { ...settings, peer, clock, toError, isFault };
  const endpoint = openEndpoint({ ...about, baseUrl });
  const toTokenError = ({ status, headers }: AnswerHead, body: unknown): GatewayError =>
    toTokenRefusal({ peer, status, headers, body, nowMs: clock.now() });
  const tokens = openEndpoint({ ...about, baseUrl: new URL(settings.options['tokenUrl'] ?? tokenOrigin), toError: toTokenError });
  const access = createAccess({ settings, peer, clock, tokens });

  return {
    format,
    complete(call, signal) {
      const operation = call.streamed ? 'streamGenerateContent?alt=sse' : 'generateContent';
      const path = address.operation(operation, call.offer.providerModel);
      return complete({
        peer,
        endpoint,
        call,
        toRequest: () => toRequest(call, settings),
        send: async (body) => endpoint.post({ path, headers: await access.headers(signal), body }, signal),
        interpret({ warnings, schemaMethod }, head) {
          const asked = { callId: call.id, choices: call.prompt.choices, warnings, schemaMethod };
          return createInterpreter({ ...asked, peer, toError: (body) => toError(head, body) });
        },
      });
    },
    embed(call, signal) {
      const { providerModel } = call.offer;
      const path = address.operation(address.vertex ? 'predict' : 'batchEmbedContents', providerModel);
      return embedInParts({
        call,
        most: mostTexts(address.vertex, providerModel),
        signal,
        async ask(part, partSignal) {
          const body = JSON.stringify(address.vertex ? toPrediction(part, settings) : toBatch(part, settings));
          const exchange = endpoint.post({ path, headers: await access.headers(partSignal), body }, partSignal);
          return readEmbeddings(await endpoint.read(exchange), part.inputs.length, peer);
        },
      });
    },
    async listModels(signal) {
      const exchange = endpoint.get({ path: address.models, headers: await access.headers(signal) }, signal);
      return readListing(await endpoint.read(exchange), peer);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([endpoint[Symbol.asyncDispose](), tokens[Symbol.asyncDispose]()]);
    },
  };
}
