import { GatewayError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProviderAdapter } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import { complete } from '../wire/completion.ts';
import { openEndpoint } from '../wire/endpoint.ts';
import type { AnswerHead } from '../wire/exchange.ts';
import { toPeer } from '../wire/failure.ts';
import { isFault, toProviderError } from './error.ts';
import { createInterpreter } from './events.ts';
import { featuresOf } from './features.ts';
import { readListing } from './listing.ts';
import { toRequest } from './request.ts';
import { format, formatVersion } from './wire.ts';

/** Speaks to one server in the format of Anthropic's messages (https://platform.claude.com/docs/en/api/messages). */
export function createAnthropicMessages(settings: ProviderSettings, { clock }: { readonly clock: Clock }): ProviderAdapter {
  const features = featuresOf(settings);
  const baseUrl = new URL(settings.baseUrl);
  const root = baseUrl.pathname.replace(/\/+$/, '');
  const headers = toHeaders(settings);
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
        toRequest: () => toRequest(call, features, settings),
        send: (body) => endpoint.post({ path: `${root}/messages`, headers, body }, signal),
        interpret: ({ warnings, schemaTool, schemaMethod }, head) =>
          createInterpreter({ peer, warnings, schemaTool, schemaMethod, toError: (body) => toError(head, body) }),
      }),
    embed: () => Promise.reject(new GatewayError('UNSUPPORTED_PARAMETER', `${settings.name} does not make embeddings.`)),
    async listModels(signal) {
      return readListing(await endpoint.read(endpoint.get({ path: `${root}/models?limit=1000`, headers }, signal)), peer);
    },
    [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose](),
  };
}

function toHeaders({ apiKey, headers }: ProviderSettings): Readonly<Record<string, string>> {
  return { 'anthropic-version': formatVersion, ...(apiKey === null ? {} : { 'x-api-key': apiKey }), ...headers };
}
