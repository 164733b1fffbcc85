import type { ProviderSettings } from '../../ports/providerSettings.ts';
import { accountHeaders } from '../wire/openaiAccount.ts';
import type { Quirks } from './quirks.ts';

/** Where a provider's operations are: paths with the query of its base address, which Azure's API version stands in. */
export interface Address {
  readonly baseUrl: URL;
  /** An operation of a model, for instance `/chat/completions`. */
  operation(name: string, model: string): string;
  readonly models: string;
}

export function toAddress(settings: ProviderSettings, quirks: Quirks): Address {
  const baseUrl = new URL(settings.baseUrl);
  const root = baseUrl.pathname.replace(/\/+$/, '');
  return {
    baseUrl,
    operation: (name, model) => `${root}${quirks.modelPath.replace('{model}', encodeURIComponent(model))}${name}${baseUrl.search}`,
    models: `${root}/models${baseUrl.search}`,
  };
}

export function toHeaders(settings: ProviderSettings, quirks: Quirks): Readonly<Record<string, string>> {
  const { name, prefix } = quirks.keyHeader;
  const key = settings.apiKey === null ? {} : { [name]: `${prefix}${settings.apiKey}` };
  return { ...key, ...accountHeaders(settings), ...settings.headers };
}
