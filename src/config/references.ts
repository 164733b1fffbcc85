import type { JsonValue } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import { isPackageName } from '../providers/aiSdk/packageName.ts';
import { format as packageFormat } from '../providers/aiSdk/wire.ts';
import type { KnownProvider } from '../providers/known.ts';
import { localServers } from '../providers/known.ts';
import type { Environment } from './environment.ts';
import type { Path } from './problem.ts';
import { didYouMean } from './problem.ts';

export interface BrokenReference {
  readonly path: Path;
  readonly reason: string;
  readonly hint: string;
  /** Only a warning: what is not configured may still be discovered. */
  readonly tolerable: boolean;
}

/**
 * What names something that is not there. It reads the raw document, so that these problems stand in the same list as those of the schema and need no
 * second try to be seen.
 */
export function checkReferences(document: JsonValue, known: readonly KnownProvider[], env: Environment): readonly BrokenReference[] {
  const providers = section(document, 'providers');
  const models = section(document, 'models');
  const keyless = known.filter(({ id, variable }) => providers[id] === undefined && !env[variable]);
  // A local server may be found by a probe, and needs no settings then.
  const names: ProviderNames = { all: [...Object.keys(providers), ...[...known, ...localServers].map(({ id }) => id)], keyless };
  return [
    ...Object.entries(providers).flatMap(([id, provider]) => [...checkAddress(id, provider, known), ...checkPackage(id, provider)]),
    ...Object.entries(models).flatMap(([slug, model]) => checkOffers(slug, model, names)),
    ...Object.entries(section(document, 'aliases')).flatMap(([name, alias]) => checkAlias(name, alias, Object.keys(models))),
  ];
}

function checkAddress(id: string, provider: JsonValue | undefined, known: readonly KnownProvider[]): readonly BrokenReference[] {
  if (!isJsonObject(provider) || provider['enabled'] === false) return [];
  // A package knows its own address.
  if (provider['baseUrl'] !== undefined || provider['format'] === packageFormat || known.some((row) => row.id === id)) return [];
  const meant = didYouMean(
    id,
    known.map((row) => row.id),
  );
  const hint = `Give its address, for instance http://127.0.0.1:8080/v1.${meant === null ? '' : ` ${meant}`}`;
  return [{ path: ['providers', id, 'baseUrl'], reason: `is missing, and "${id}" is no known provider.`, hint, tolerable: false }];
}

/** What a package's provider is made of is code that runs in this process: it is named by the operator, bare, and looked for in one place only. */
function checkPackage(id: string, provider: JsonValue | undefined): readonly BrokenReference[] {
  if (!isJsonObject(provider) || provider['enabled'] === false || provider['format'] !== packageFormat) return [];
  const name = isJsonObject(provider['options']) ? provider['options']['package'] : undefined;
  if (typeof name === 'string' && isPackageName(name)) return [];
  const reason = name === undefined ? 'is missing, which this format needs.' : 'is not the name of a package.';
  return [
    {
      path: ['providers', id, 'options', 'package'],
      reason,
      hint: 'Give its bare name, for instance "@ai-sdk/deepinfra".',
      tolerable: false,
    },
  ];
}

interface ProviderNames {
  readonly all: readonly string[];
  /** Known ones that are neither configured nor found in the environment. */
  readonly keyless: readonly KnownProvider[];
}

function checkOffers(slug: string, model: JsonValue | undefined, names: ProviderNames): readonly BrokenReference[] {
  const offers = isJsonObject(model) && Array.isArray(model['offers']) ? model['offers'] : [];
  const used = offers.map((offer) => (isJsonObject(offer) ? offer['provider'] : undefined));
  return used.flatMap((name, place) => {
    if (typeof name !== 'string') return [];
    const repeated = used.indexOf(name) < place;
    const found = repeated ? repeatedProvider(name) : checkProviderName(name, names);
    return found === null ? [] : [{ path: ['models', slug, 'offers', place, 'provider'], ...found }];
  });
}

function repeatedProvider(name: string): Omit<BrokenReference, 'path'> {
  const hint = 'A model has one offer for each provider; make the other one a model of its own.';
  return { reason: `names "${name}" a second time.`, hint, tolerable: false };
}

function checkProviderName(name: string, { all, keyless }: ProviderNames): Omit<BrokenReference, 'path'> | null {
  const variable = keyless.find(({ id }) => id === name)?.variable;
  if (variable !== undefined)
    return { reason: `names "${name}", whose key is not set; the offer is left out.`, hint: `Set ${variable}.`, tolerable: true };
  if (all.includes(name)) return null;
  const hint = didYouMean(name, all) ?? 'Add it under providers.';
  return { reason: 'names a provider that is not configured.', hint, tolerable: false };
}

function checkAlias(name: string, alias: JsonValue | undefined, slugs: readonly string[]): readonly BrokenReference[] {
  const targets = Array.isArray(alias)
    ? alias.map((target, place) => ({ path: [place, 'model'], target: isJsonObject(target) ? target['model'] : undefined }))
    : [];
  return [{ path: [], target: alias }, ...targets].flatMap(({ path, target }) => {
    if (typeof target !== 'string' || !target.includes('/') || slugs.includes(target) || target.startsWith('sandbox/')) return [];
    const hint = didYouMean(target, slugs) ?? '';
    const reason = 'names a model that is not under `models`; the alias works once a provider lists it.';
    return [{ path: ['aliases', name, ...path], reason, hint, tolerable: true }];
  });
}

function section(document: JsonValue, name: string): Readonly<Record<string, JsonValue | undefined>> {
  const found = isJsonObject(document) ? document[name] : undefined;
  return isJsonObject(found) ? found : {};
}
