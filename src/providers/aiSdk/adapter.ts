import { AsyncLocalStorage } from 'node:async_hooks';
import type { GatewayError } from '../../domain/errors.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProviderAdapter, ProviderCall } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import { malformed, toPeer } from '../wire/failure.ts';
import type { CallScope } from './callScope.ts';
import { createCallScope } from './callScope.ts';
import { readSupportedUrls } from './dialect.ts';
import { embedAll } from './embeddings.ts';
import { toProviderError } from './error.ts';
import { createPartReader } from './events.ts';
import { openNetwork } from './fetch.ts';
import type { SdkProvider } from './package.ts';
import { loadProvider, packageNameOf } from './package.ts';
import { toRequest } from './request.ts';
import { streamParts } from './stream.ts';
import { format } from './wire.ts';

export interface AiSdkTools {
  readonly clock: Clock;
  /** The folder beside whose `node_modules` the package is looked for. By default where the process runs. */
  readonly packageFolder?: string;
}

/**
 * The bridge to any provider package of the AI SDK (https://ai-sdk.dev/providers), loaded at the first call and never before. See
 * docs/decisions/0019-a-package-may-be-a-provider.md.
 */
export function createAiSdk(settings: ProviderSettings, { clock, packageFolder = process.cwd() }: AiSdkTools): ProviderAdapter {
  const peer = toPeer(settings);
  const packageName = packageNameOf(settings);
  const scopes = new AsyncLocalStorage<CallScope>();
  const network = openNetwork({ peer, settings, clock, scopes });
  const toError = (thrown: unknown): GatewayError => toProviderError(thrown, { peer, nowMs: clock.now() });
  let loading: Promise<SdkProvider> | null = null;

  /** What failed is tried anew by the next call: the operator may have installed the package by then. */
  const load = async (): Promise<SdkProvider> => {
    loading ??= loadProvider(settings, packageFolder, network.fetch);
    try {
      return await loading;
    } catch (error) {
      loading = null;
      throw error;
    }
  };

  const open = async (call: ProviderCall, scope: CallScope) => {
    const { version, model } = (await load()).languageModel(call.offer.providerModel);
    const dialect = { packageName, version, takesUrl: readSupportedUrls(await model.supportedUrls) };
    const { options, warnings, schemaMethod } = toRequest(call, { dialect, settings, signal: scope.signal });
    const { requireParameters } = call;
    const reader = createPartReader({ peer, packageName, warnings, schemaMethod, requireParameters, toError });
    if (call.streamed) return { reader, parts: readerOf(await scopes.run(scope, () => model.doStream(options))) };
    reader.readWhole(await scopes.run(scope, () => model.doGenerate(options)));
    return { reader, parts: null };
  };
  const readerOf = (result: unknown): ReadableStreamDefaultReader<unknown> => {
    const stream: unknown = isJsonObject(result) ? result['stream'] : null;
    if (stream instanceof ReadableStream) return stream.getReader();
    throw malformed(peer, 'cannot be understood: its package made no stream');
  };

  return {
    format,
    complete(call, signal) {
      const scope = createCallScope(signal);
      return streamParts({ scope, signal, toError, open: () => open(call, scope) });
    },
    async embed(call, signal) {
      const scope = createCallScope(signal);
      try {
        signal.throwIfAborted();
        const model = (await load()).embeddingModel(call.offer.providerModel);
        return await scopes.run(scope, () => embedAll(call, { model, peer, signal: scope.signal }));
      } catch (thrown) {
        throw signal.aborted ? signal.reason : toError(thrown);
      } finally {
        scope.close();
      }
    },
    // The specification has no listing: models are named in the configuration.
    listModels: () => Promise.resolve([]),
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  };
}
