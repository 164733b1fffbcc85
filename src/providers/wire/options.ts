import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { ProviderCall } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import type { Omissions } from './omissions.ts';

export interface BodyParts {
  readonly call: ProviderCall;
  readonly settings: Pick<ProviderSettings, 'id' | 'extraBody'>;
  readonly format: string;
  /** What the call's parameters became. */
  readonly fields: JsonObject;
  /** Fields that the gateway's promises hang on, such as the cap of a budget: nobody's options replace them. */
  readonly own: readonly string[];
  readonly omissions: Omissions;
}

/**
 * A request's body: the operator's fields replace the caller's options, because they may be a policy (for instance `store: false`), and these
 * replace the caller's parameters.
 */
export function toBody({ call, settings, format, fields, own, omissions }: BodyParts): JsonObject {
  const options = ownOptions(call.prompt.providerOptions, format, settings.id);
  for (const name of Object.keys(options)) {
    if (own.includes(name)) omissions.note(`providerOptions.${name} was left out: the gateway sets it.`);
  }
  const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => own.includes(name)));
  return { ...fields, ...options, ...settings.extraBody, ...kept };
}

/** What is meant for this provider: by its format, and by its id. */
export function ownOptions(options: JsonObject, format: string, id: string): JsonObject {
  const byFormat = options[format];
  const byId = options[id];
  return { ...(isJsonObject(byFormat) ? byFormat : {}), ...(isJsonObject(byId) ? byId : {}) };
}
