import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { Message, SchemaMethod } from '../../domain/message.ts';
import type { Prompt } from '../../domain/prompt.ts';
import type { ProviderCall } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import { schemaInWords } from '../wire/schemaInWords.ts';
import { toMessages } from './messages.ts';
import { toParameters } from './parameters.ts';
import type { Quirks } from './quirks.ts';
import type { WireRequestBody } from './wire.ts';

export const format = 'openai-chat';

export interface Request {
  readonly body: WireRequestBody;
  /** What had to be left out or changed, for the caller. */
  readonly warnings: readonly string[];
  readonly schemaMethod: SchemaMethod | null;
}

/** Fields that the gateway's promises hang on: the cap of a budget, one answer, its usage. Nobody's options replace them. */
const ownFields = ['model', 'messages', 'stream', 'stream_options', 'n', 'max_tokens', 'max_completion_tokens'];

/**
 * The operator's fields replace the caller's options, because they may be a policy (for instance `store: false`), and these replace the caller's
 * parameters. Throws UNSUPPORTED_PARAMETER or INVALID_REQUEST.
 */
export function toRequest(call: ProviderCall, quirks: Quirks, settings: ProviderSettings): Request {
  const parameters = toParameters(call, quirks);
  const options = ownOptions(call.prompt.providerOptions, settings);
  const refused = Object.keys(options).filter((name) => ownFields.includes(name));
  const own = Object.fromEntries(Object.entries(parameters.fields).filter(([name]) => ownFields.includes(name)));
  return {
    body: {
      ...parameters.fields,
      ...without(options, ownFields),
      ...without(settings.extraBody, ownFields),
      ...own,
      model: call.offer.providerModel,
      messages: toMessages(messagesOf(call.prompt, parameters.schemaMethod), quirks),
      stream: call.streamed,
      ...(call.streamed && quirks.streamOptions !== null ? { stream_options: quirks.streamOptions } : {}),
    },
    warnings: [...parameters.warnings, ...refused.map((name) => `providerOptions.${name} was left out: the gateway sets it.`)],
    schemaMethod: parameters.schemaMethod,
  };
}

function messagesOf({ messages, outputFormat }: Prompt, method: SchemaMethod | null): readonly Message[] {
  if (method !== 'PROMPT' || outputFormat?.type !== 'jsonSchema') return messages;
  return [schemaInWords(outputFormat.schema), ...messages];
}

/** What is meant for this provider: by its id, and by its format. */
export function ownOptions(options: JsonObject, { id }: Pick<ProviderSettings, 'id'>): JsonObject {
  const byFormat = options[format];
  const byId = options[id];
  return { ...(isJsonObject(byFormat) ? byFormat : {}), ...(isJsonObject(byId) ? byId : {}) };
}

function without(fields: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
