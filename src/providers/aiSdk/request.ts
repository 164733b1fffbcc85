import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { Tool, ToolChoice } from '../../domain/message.ts';
import type { Prompt } from '../../domain/prompt.ts';
import type { ProviderCall } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import type { Features, Wish } from '../wire/features.ts';
import { grantWishes, schemaMethodOf } from '../wire/features.ts';
import type { Omissions } from '../wire/omissions.ts';
import { createOmissions } from '../wire/omissions.ts';
import { ownOptions } from '../wire/options.ts';
import type { Dialect } from './dialect.ts';
import { features } from './features.ts';
import { toMessages } from './messages.ts';
import { isOwnField } from './ownFields.ts';
import type { Request, SdkOptions } from './wire.ts';
import { format } from './wire.ts';

export interface RequestTools {
  readonly dialect: Dialect;
  readonly settings: Pick<ProviderSettings, 'id'>;
  readonly signal: AbortSignal;
}

/** Throws UNSUPPORTED_PARAMETER or INVALID_REQUEST. */
export function toRequest(call: ProviderCall, { dialect, settings, signal }: RequestTools): Request {
  const { prompt, maxOutputTokens } = call;
  const omissions = createOmissions(call);
  const spoken = featuresIn(dialect);
  const granted = grantWishes(call, spoken, omissions);
  const options = {
    prompt: toMessages(prompt.messages, dialect),
    ...(maxOutputTokens === null ? {} : { maxOutputTokens }),
    ...toSampling(prompt),
    ...(granted.has('reasoningEffort') ? { reasoning: prompt.reasoningEffort?.toLowerCase() } : {}),
    ...toTools(prompt, dialect, granted),
    ...toResponseFormat(prompt),
    providerOptions: toProviderOptions(prompt.providerOptions, settings.id, omissions),
    includeRawChunks: false,
    abortSignal: signal,
  };
  return { options, warnings: omissions.warnings, schemaMethod: schemaMethodOf(prompt, spoken) };
}

/** How much a model shall think has a place of its own since version 4. */
function featuresIn({ version }: Dialect): Features {
  return version === 'v4' ? features : { ...features, reasoningEffort: false };
}

function toSampling({ sampling, stop }: Prompt): JsonObject {
  const set = Object.entries(sampling).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(set), ...(stop.length === 0 ? {} : { stopSequences: [...stop] }) };
}

function toTools({ tools, toolChoice }: Prompt, dialect: Dialect, granted: ReadonlySet<Wish>): Readonly<Record<string, unknown>> {
  if (!granted.has('tools')) return {};
  return {
    tools: tools.map((tool) => toTool(tool, dialect)),
    ...(toolChoice === null ? {} : { toolChoice: toToolChoice(toolChoice) }),
  };
}

function toTool({ name, description, parameters, strict }: Tool, { version }: Dialect): JsonObject {
  return {
    type: 'function',
    name,
    ...(description === null ? {} : { description }),
    inputSchema: parameters,
    ...(strict === null || version === 'v2' ? {} : { strict }),
  };
}

function toToolChoice(choice: ToolChoice): JsonObject {
  return choice.type === 'tool' ? { type: 'tool', toolName: choice.name } : { type: choice.type };
}

function toResponseFormat({ outputFormat }: Prompt): Readonly<Record<string, unknown>> {
  if (outputFormat === null || outputFormat.type === 'text') return {};
  if (outputFormat.type === 'json') return { responseFormat: { type: 'json' } };
  return { responseFormat: { type: 'json', schema: outputFormat.schema, name: outputFormat.name } };
}

/**
 * A caller's options in the form that the AI SDK has for them: by the name that the package goes by, for instance
 * `{ "deepinfra": { "openai": { "store": false } } }` for a provider with the id `deepinfra`.
 */
export function toProviderOptions(options: JsonObject, id: string, omissions: Omissions | null): SdkOptions {
  const named = Object.entries(ownOptions(options, format, id)).flatMap(([name, values]) => {
    if (!isJsonObject(values)) return [];
    const kept = Object.entries(values).filter(([option]) => {
      if (!isOwnField(option)) return true;
      omissions?.note(`providerOptions.${name}.${option} was left out: the gateway sets it.`);
      return false;
    });
    return [[name, Object.fromEntries(kept)]];
  });
  return Object.fromEntries(named);
}
