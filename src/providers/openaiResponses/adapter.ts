import { GatewayError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProviderAdapter } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import { complete } from '../wire/completion.ts';
import { openEndpoint } from '../wire/endpoint.ts';
import type { AnswerHead } from '../wire/exchange.ts';
import { toPeer } from '../wire/failure.ts';
import { accountHeaders } from '../wire/openaiAccount.ts';
import { isFault, toProviderError } from '../wire/openaiError.ts';
import { createInterpreter } from './events.ts';
import { readListing } from './listing.ts';
import { toRequest } from './request.ts';
import { format } from './wire.ts';

/** Speaks to one server in the format of OpenAI's responses (https://platform.openai.com/docs/api-reference/responses). */
export function createOpenaiResponses(settings: ProviderSettings, { clock }: { readonly clock: Clock }): ProviderAdapter {
  const baseUrl = new URL(settings.baseUrl);
  const root = baseUrl.pathname.replace(/\/+$/, '');
  const headers = toHeaders(settings);
  const peer = toPeer(settings);
  // llama-server calls every end a completion.
  const tellsCap = settings.kin !== 'llamacpp';
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
        send: (body) => endpoint.post({ path: `${root}/responses${baseUrl.search}`, headers, body }, signal),
        interpret({ warnings, schemaMethod }, head) {
          const tools = new Set(call.prompt.tools.map(({ name }) => name));
          const asked = { callId: call.id, tools, untoldCap: tellsCap ? null : call.maxOutputTokens };
          return createInterpreter({ ...asked, peer, warnings, schemaMethod, toError: (body) => toError(head, body) });
        },
      }),
    embed: () =>
      Promise.reject(
        new GatewayError(
          'UNSUPPORTED_PARAMETER',
          `${settings.name} makes no embeddings in this format; add it a second time with format openai-chat.`,
        ),
      ),
    async listModels(signal) {
      return readListing(await endpoint.read(endpoint.get({ path: `${root}/models${baseUrl.search}`, headers }, signal)), peer);
    },
    [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose](),
  };
}

function toHeaders(settings: ProviderSettings): Readonly<Record<string, string>> {
  const { apiKey, headers } = settings;
  return { ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }), ...accountHeaders(settings), ...headers };
}
