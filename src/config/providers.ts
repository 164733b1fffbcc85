import type { ProviderId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { ProviderSettings } from '../ports/providerSettings.ts';
import type { KnownKey, KnownProvider } from '../providers/known.ts';
import { fillAddress, knownProviderSettings } from '../providers/known.ts';
import type { Environment } from './environment.ts';
import type { FileProvider } from './fileSchema.ts';
import { headerText } from './scalars.ts';

const usualFormat = 'openai-chat';

export interface ProviderSources {
  readonly file: Readonly<Record<string, FileProvider>>;
  readonly known: readonly KnownProvider[];
  readonly env: Environment;
}

/** Providers of the file, then those known ones whose key stands in the environment; the file's word on an id is the last one. */
export function readProviders({ file, known, env }: ProviderSources): readonly ProviderSettings[] {
  const configured = Object.entries(file)
    .filter(([, { enabled }]) => enabled)
    .map(([id, settings]) => fromFile(id, settings, { known: known.find((row) => row.id === id), env }));
  const found = known
    .filter(({ id }) => file[id] === undefined)
    .map((row) => fromEnvironment(row, env))
    .filter((settings) => settings !== null);
  return [...configured, ...found];
}

function fromFile(
  id: string,
  settings: FileProvider,
  { known, env }: { readonly known: KnownProvider | undefined; readonly env: Environment },
): ProviderSettings {
  // A key of the environment goes to the known address only: another one was never meant to see it.
  const found = settings.baseUrl === undefined && known !== undefined ? keyOf(known, env) : null;
  const options = { ...found?.options, ...settings.options };
  return {
    id: toId<ProviderId>(id),
    name: settings.name ?? known?.name ?? id,
    format: settings.format ?? known?.format ?? usualFormat,
    baseUrl: settings.baseUrl ?? fillAddress(known?.baseUrl ?? '', options),
    apiKey: settings.apiKey ?? found?.apiKey ?? null,
    keyName: keyNameOf(id, settings, found === null ? null : (known?.variable ?? null)),
    credentials: { ...found?.credentials, ...settings.credentials },
    options,
    proxyUrl: settings.proxyUrl ?? null,
    connectTimeoutMs: settings.connectTimeoutMs,
    headers: settings.headers,
    kin: settings.kin ?? known?.kin ?? null,
    extraBody: settings.extraBody,
    region: settings.region ?? null,
    dataPolicies: settings.dataPolicies ?? null,
    discover: settings.discover,
    source: 'CONFIG',
  };
}

function keyNameOf(id: string, { apiKey }: FileProvider, variable: string | null): string | null {
  return apiKey === undefined ? variable : `providers.${id}.apiKey`;
}

function fromEnvironment(row: KnownProvider, env: Environment): ProviderSettings | null {
  const key = keyOf(row, env);
  return key === null ? null : knownProviderSettings(row, key);
}

/** The key in a known provider's variables; null when one of them is not set, or cannot be sent. */
function keyOf({ variable, credentials = {}, options = {} }: KnownProvider, env: Environment): KnownKey | null {
  const apiKey = readVariable(env, variable);
  const parts = readVariables(env, credentials);
  const settings = readVariables(env, options);
  return apiKey === null || parts === null || settings === null ? null : { apiKey, credentials: parts, options: settings };
}

function readVariable(env: Environment, variable: string): string | null {
  const text = env[variable]?.trim() ?? '';
  return headerText.test(text) ? text : null;
}

/** Null when one is missing that must be set. */
function readVariables(env: Environment, variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> | null {
  const found: Record<string, string> = {};
  for (const [name, variable] of Object.entries(variables)) {
    const text = readVariable(env, variable.replace(/\?$/, ''));
    if (text !== null) found[name] = text;
    else if (!variable.endsWith('?')) return null;
  }
  return found;
}
