import type { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProviderAdapter } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import { createAnswerReader, createStreamReader } from '../wire/answer.ts';
import { headerValue, readBodyType } from '../wire/body.ts';
import { embedInParts } from '../wire/embedInParts.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { openEndpoint } from '../wire/endpoint.ts';
import type { AnswerHead, Exchange } from '../wire/exchange.ts';
import { toPeer } from '../wire/failure.ts';
import { streamEvents } from '../wire/stream.ts';
import { mostTexts, readInvocation, toInvocation } from './embeddings.ts';
import { toProviderError } from './error.ts';
import { createInterpreter } from './events.ts';
import { createFrameReader } from './frames.ts';
import { readListing } from './listing.ts';
import { toRequest } from './request.ts';
import { createSign } from './signing.ts';
import type { Request } from './wire.ts';
import { format } from './wire.ts';

const framesType = 'application/vnd.amazon.eventstream';
const usualRegion = 'us-east-1';

/** Speaks to Amazon Bedrock by its Converse API (https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference.html). */
export function createBedrock(settings: ProviderSettings, { clock }: { readonly clock: Clock }): ProviderAdapter {
  const baseUrl = new URL(settings.baseUrl);
  const peer = toPeer(settings);
  const sign = createSign(settings, settings.options['region'] ?? regionOf(baseUrl) ?? usualRegion, clock);
  const toError = ({ status, headers }: AnswerHead, body: unknown, exception?: string): GatewayError =>
    toProviderError({ peer, status, headers, body, nowMs: clock.now(), ...(exception === undefined ? {} : { exception }) });
  const about = { ...settings, peer, clock, toError, isFault: () => false };
  // Models are listed by another host of the service.
  const listUrl = new URL(settings.baseUrl.replace('//bedrock-runtime.', '//bedrock.'));
  const endpoint = openEndpoint({ ...about, baseUrl });
  const listEndpoint = openEndpoint({ ...about, baseUrl: listUrl });

  const post = async (
    operation: string,
    model: string,
    { body, signal }: { readonly body: string; readonly signal: AbortSignal },
  ): Promise<Exchange> => {
    const url = new URL(`${baseUrl.pathname.replace(/\/+$/, '')}/model/${encodeURIComponent(model)}/${operation}`, baseUrl);
    const headers = await sign({ method: 'POST', url, body });
    return endpoint.post({ path: url.pathname, headers, body }, signal);
  };

  return {
    format,
    complete(call, signal) {
      let request: Request | null = null;
      return streamEvents({
        peer,
        open() {
          request = toRequest(call, settings);
          const operation = call.streamed ? 'converse-stream' : 'converse';
          return post(operation, call.offer.providerModel, { body: JSON.stringify(request.body), signal });
        },
        async accept(exchange) {
          const head = await endpoint.accept(exchange);
          const { warnings = [], schemaMethod = null } = request ?? {};
          const interpreter = createInterpreter({
            peer,
            warnings,
            schemaMethod,
            providerRequestId: headerValue(head.headers, 'x-amzn-requestid'),
            toError: (name: string, body: JsonObject) => toError(head, body, name),
          });
          // Read first: it refuses what is packed in a way that was not asked for.
          const bodyType = readBodyType(head.headers, peer);
          if (headerValue(head.headers, 'content-type')?.startsWith(framesType) === true) {
            return createStreamReader(interpreter, peer, (onEvent) => createFrameReader(peer, onEvent));
          }
          return createAnswerReader(interpreter, { peer, bodyType, streamed: false });
        },
      });
    },
    embed(call, signal) {
      const { providerModel } = call.offer;
      return embedInParts({
        call,
        most: mostTexts(providerModel),
        signal,
        async ask(part, partSignal) {
          const body = JSON.stringify(toInvocation(part, settings));
          const exchange = await post('invoke', providerModel, { body, signal: partSignal });
          return readInvocation(await endpoint.read(exchange), part, peer);
        },
      });
    },
    listModels: async (signal) => readListing(await list(listEndpoint, { url: listUrl, sign, signal }), peer),
    async [Symbol.asyncDispose]() {
      await Promise.all([endpoint[Symbol.asyncDispose](), listEndpoint[Symbol.asyncDispose]()]);
    },
  };
}

interface Listing {
  readonly url: URL;
  readonly sign: ReturnType<typeof createSign>;
  readonly signal: AbortSignal;
}

async function list(endpoint: Endpoint, { url, sign, signal }: Listing): Promise<unknown> {
  const models = new URL(`${url.pathname.replace(/\/+$/, '')}/foundation-models`, url);
  const headers = await sign({ method: 'GET', url: models, body: null });
  return endpoint.read(endpoint.get({ path: models.pathname, headers }, signal));
}

/** `https://bedrock-runtime.eu-west-1.amazonaws.com` */
function regionOf({ hostname }: URL): string | null {
  return /^bedrock-runtime(?:-fips)?\.([a-z0-9-]+)\.amazonaws\./.exec(hostname)?.[1] ?? null;
}
