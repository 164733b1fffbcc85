import type { SchemaMethod } from '../../domain/message.ts';
import type { Prompt } from '../../domain/prompt.ts';
import type { ProviderCall } from '../../ports/provider.ts';
import type { Omissions } from './omissions.ts';

/** What a call can ask for beside messages, by the names its caller knows, and how it is seen that it does. */
const wishes = {
  maxOutputTokens: ({ maxOutputTokens }) => maxOutputTokens !== null,
  temperature: ({ prompt }) => prompt.sampling.temperature !== null,
  topP: ({ prompt }) => prompt.sampling.topP !== null,
  topK: ({ prompt }) => prompt.sampling.topK !== null,
  frequencyPenalty: ({ prompt }) => prompt.sampling.frequencyPenalty !== null,
  presencePenalty: ({ prompt }) => prompt.sampling.presencePenalty !== null,
  seed: ({ prompt }) => prompt.sampling.seed !== null,
  stop: ({ prompt }) => prompt.stop.length > 0,
  n: ({ prompt }) => prompt.choices > 1,
  topLogprobs: ({ prompt }) => prompt.topLogprobs !== null,
  reasoningEffort: ({ prompt }) => prompt.reasoningEffort !== null,
  tools: ({ prompt }) => prompt.tools.length > 0,
  // A choice among no tools is an error to some providers and means nothing to all.
  toolChoice: ({ prompt }) => prompt.tools.length > 0 && prompt.toolChoice !== null,
  parallelToolCalls: ({ prompt }) => prompt.tools.length > 0 && prompt.parallelToolCalls !== null,
  'outputFormat.json': ({ prompt }) => prompt.outputFormat?.type === 'json',
  'outputFormat.jsonSchema': ({ prompt }) => prompt.outputFormat?.type === 'jsonSchema',
  imageOutput: ({ prompt }) => prompt.modalities?.includes('IMAGE') === true,
  audioOutput: ({ prompt }) => prompt.modalities?.includes('AUDIO') === true,
  'messages.name': ({ prompt }) => prompt.messages.some(({ name }) => name !== null),
} as const satisfies Record<string, (call: ProviderCall) => boolean>;

export type Wish = keyof typeof wishes;

/** What a caller can see of a format besides: the rest of the table in `docs/providers.md`. */
export type Trait =
  | 'imageInput'
  | 'fileInput'
  | 'audioInput'
  | 'reasoning'
  | 'signedReasoning'
  | 'citations'
  | 'cacheControl'
  | 'embeddings';

export const wishNames = Object.keys(wishes).filter((name): name is Wish => name in wishes);

/**
 * What a format has a place for, whatever a model behind it can do: requests are made by this table, and `docs/providers.md` is.
 * TOOL and PROMPT: done by other means, see `SchemaMethod`.
 */
export type Features = Readonly<Record<Exclude<Wish, SchemaWish> | Trait, boolean>> &
  Readonly<Record<SchemaWish, boolean | 'TOOL' | 'PROMPT'>>;
type SchemaWish = 'outputFormat.jsonSchema';

/** The wishes of a call that the format has a place for. What it has none for is told, or refused: see `Omissions.add`. */
export function grantWishes(call: ProviderCall, features: Features, omissions: Omissions): ReadonlySet<Wish> {
  const granted = new Set<Wish>();
  for (const wish of wishNames) {
    if (!wishes[wish](call)) continue;
    if (features[wish] === false) omissions.add(wish);
    else granted.add(wish);
  }
  return granted;
}

/** How a call's JSON schema is asked for; null where it has none, or the format no way. */
export function schemaMethodOf({ outputFormat }: Prompt, features: Features): SchemaMethod | null {
  const way = features['outputFormat.jsonSchema'];
  if (outputFormat?.type !== 'jsonSchema' || way === false) return null;
  return way === true ? 'NATIVE' : way;
}
