import type { ProviderId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { ProviderSettings } from '../ports/providerSettings.ts';
import type { KnownProvider } from '../providers/known.ts';
import { knownProviderSettings } from '../providers/known.ts';
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
  const knownKey = settings.baseUrl === undefined && known !== undefined ? keyOf(known, env) : null;
  return {
    id: toId<ProviderId>(id),
    name: settings.name ?? known?.name ?? id,
    format: settings.format ?? known?.format ?? usualFormat,
    baseUrl: settings.baseUrl ?? known?.baseUrl ?? '',
    apiKey: settings.apiKey ?? knownKey,
    headers: settings.headers,
    kin: settings.kin ?? known?.kin ?? null,
    extraBody: settings.extraBody,
    region: settings.region ?? null,
    dataPolicies: settings.dataPolicies ?? null,
    discover: settings.discover,
    source: 'CONFIG',
  };
}

function fromEnvironment(row: KnownProvider, env: Environment): ProviderSettings | null {
  const apiKey = keyOf(row, env);
  return apiKey === null ? null : knownProviderSettings(row, apiKey);
}

/** The key in a known provider's variable; null when it is not set, or cannot be sent. */
function keyOf({ variable }: KnownProvider, env: Environment): string | null {
  const key = env[variable]?.trim() ?? '';
  return headerText.test(key) ? key : null;
}
