import { GatewayError } from '../../domain/errors.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import type { Peer } from '../wire/failure.ts';
import { toPeer } from '../wire/failure.ts';
import { findEntry } from './entry.ts';
import { isPackageName } from './packageName.ts';
import type { SdkEmbeddingModel, SdkLanguageModel, Specification } from './wire.ts';
import { specifications } from './wire.ts';

/** A provider of the AI SDK, as its package makes it. */
export interface SdkProvider {
  languageModel(id: string): Versioned<SdkLanguageModel>;
  embeddingModel(id: string): Versioned<SdkEmbeddingModel>;
}

export interface Versioned<Model> {
  readonly version: Specification;
  readonly model: Model;
}

/** What is this adapter's among the options; the rest is the package's. */
const ownOptions = ['package', 'maker', 'model'];

export function packageNameOf({ name, options }: ProviderSettings): string {
  const text = options['package'];
  if (text !== undefined && isPackageName(text)) return text;
  throw new GatewayError('INVALID_REQUEST', `Provider ${name} needs options.package: the bare name of a package.`, {
    details: { parameter: 'options.package' },
  });
}

/**
 * Imports the package as it is installed in the operator's folder and makes its provider. This runs foreign code in the process.
 * Throws UPSTREAM_REFUSED with what is wrong: only the operator can mend it.
 */
export async function loadProvider(settings: ProviderSettings, folder: string, fetch: typeof globalThis.fetch): Promise<SdkProvider> {
  const name = packageNameOf(settings);
  const peer = toPeer(settings);
  const entry = findEntry(name, folder);
  if (entry === null) throw unusable(peer, `its package ${name} is not installed where the gateway runs (npm install ${name})`);
  const exported = await importPackage(entry, name, peer);
  const maker = findMaker(exported, settings.options['maker'] ?? null, { name, peer });
  const provider = makeProvider(maker, { settings, fetch, name, peer });
  const methods = { language: ['languageModel', 'chat'], embedding: ['embeddingModel', 'textEmbeddingModel'] };
  const own = settings.options['model'];
  return {
    languageModel: (id) =>
      makeModel(provider, own === undefined ? methods.language : [own], { id, name, peer, needs: ['doStream', 'doGenerate'] }),
    embeddingModel: (id) => makeModel(provider, methods.embedding, { id, name, peer, needs: ['doEmbed'] }),
  };
}

async function importPackage(entry: string, name: string, peer: Peer): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await import(entry);
  } catch (thrown) {
    throw unusable(peer, `its package ${name} cannot be loaded`, thrown);
  }
}

type Callable = (...values: readonly unknown[]) => unknown;

interface Named {
  readonly name: string;
  readonly peer: Peer;
}

function findMaker(exported: Readonly<Record<string, unknown>>, wanted: string | null, { name, peer }: Named): Callable {
  const makers = Object.keys(exported).filter((key) => /^create[A-Z]/.test(key) && isCallable(exported[key]));
  const chosen = wanted ?? (makers.length === 1 ? makers[0] : undefined);
  const maker = chosen === undefined ? undefined : exported[chosen];
  if (isCallable(maker)) return maker;
  if (wanted !== null) throw unusable(peer, `its package ${name} exports no function ${wanted} (options.maker)`);
  const why = makers.length === 0 ? 'exports none that begins with "create"' : `exports several: ${makers.join(', ')}`;
  throw unusable(peer, `options.maker must name the function that makes a provider, because its package ${name} ${why}`);
}

interface Making extends Named {
  readonly settings: ProviderSettings;
  readonly fetch: typeof globalThis.fetch;
}

/** Settings as the AI SDK's makers name them: https://ai-sdk.dev/providers/openai-compatible-providers/custom-providers */
function makeProvider(maker: Callable, { settings, fetch, name, peer }: Making): object {
  const { apiKey, baseUrl, headers, credentials, options } = settings;
  const others = Object.entries(options).filter(([option]) => !ownOptions.includes(option));
  try {
    const provider = maker({
      ...Object.fromEntries(others),
      ...credentials,
      ...(apiKey === null ? {} : { apiKey }),
      ...(baseUrl === '' ? {} : { baseURL: baseUrl }),
      ...(Object.keys(headers).length === 0 ? {} : { headers }),
      fetch,
    });
    if (isObject(provider)) return provider;
  } catch (thrown) {
    throw unusable(peer, `its package ${name} does not take its settings`, thrown);
  }
  throw unusable(peer, `its package ${name} makes no provider of the AI SDK`);
}

interface Wanted extends Named {
  readonly id: string;
  readonly needs: readonly string[];
}

/** By the first of the methods that the provider has; an old provider is a function itself. */
function makeModel<Model>(provider: object, methods: readonly string[], { id, name, peer, needs }: Wanted): Versioned<Model> {
  const method = methods.find((one) => isCallable(Reflect.get(provider, one)));
  const callable = method === undefined ? provider : Reflect.get(provider, method);
  if (!isCallable(callable)) throw unusable(peer, `its package ${name} has no ${methods[0]} (a provider of the AI SDK has)`);
  const model = callable.call(provider, id);
  if (!isObject(model) || !needs.every((need) => isCallable(Reflect.get(model, need)))) {
    throw unusable(peer, `its package ${name} makes no models of the AI SDK`);
  }
  const said: unknown = Reflect.get(model, 'specificationVersion');
  const version = specifications.find((one) => one === said);
  // Every function that is called of it was just seen to be there.
  if (version !== undefined) return { version, model: model as Model };
  const stated = typeof said === 'string' && /^[\w.-]{1,16}$/.test(said) ? said : 'an unnamed one';
  throw unusable(peer, `its package ${name} follows the specification ${stated}; known are ${specifications.join(', ')}`);
}

function isCallable(value: unknown): value is Callable {
  return typeof value === 'function';
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function unusable(peer: Peer, what: string, thrown?: unknown): GatewayError {
  // Only names: a foreign message may hold a key.
  const cause = thrown instanceof Error ? `${thrown.name} ${'code' in thrown ? String(thrown.code) : ''}`.trim() : undefined;
  return new GatewayError('UPSTREAM_REFUSED', `${peer.name} cannot be asked: ${what}.`, {
    cause,
    details: { provider: peer.id, reason: 'PACKAGE' },
  });
}
