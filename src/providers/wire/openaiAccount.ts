import type { ProviderSettings } from '../../ports/providerSettings.ts';

/** On whose account a call is made, where a key belongs to several: https://platform.openai.com/docs/api-reference/authentication */
export function accountHeaders({
  options: { organization, project },
}: Pick<ProviderSettings, 'options'>): Readonly<Record<string, string>> {
  return {
    ...(organization === undefined ? {} : { 'openai-organization': organization }),
    ...(project === undefined ? {} : { 'openai-project': project }),
  };
}
