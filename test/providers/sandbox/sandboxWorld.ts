import type { CompletionId } from '../../../src/domain/id.ts';
import { toId } from '../../../src/domain/id.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Message } from '../../../src/domain/message.ts';
import type { Offer } from '../../../src/domain/model.ts';
import type { Prompt } from '../../../src/domain/prompt.ts';
import type { ProviderEvent } from '../../../src/domain/providerEvent.ts';
import type { EmbeddingAnswer, EmbeddingCall, ProviderAdapter, ProviderCall } from '../../../src/ports/provider.ts';
import type { SandboxId } from '../../../src/providers/sandbox/catalog.ts';
import { sandboxModels } from '../../../src/providers/sandbox/catalog.ts';
import { connectSandboxes } from '../../../src/providers/sandbox/connect.ts';
import type { ManualClock } from '../../support/manualClock.ts';
import { createManualClock } from '../../support/manualClock.ts';

export type Batch = readonly ProviderEvent[];

/** Both sandboxes on a clock moved by hand. */
export interface SandboxWorld {
  readonly clock: ManualClock;
  adapter(id?: SandboxId): ProviderAdapter;
  /** Runs an answer to its end and returns its batches. */
  complete(call?: Partial<ProviderCall>, id?: SandboxId): Promise<readonly Batch[]>;
  embed(call?: Partial<EmbeddingCall>, id?: SandboxId): Promise<EmbeddingAnswer>;
}

export function sandboxWorld(): SandboxWorld {
  const clock = createManualClock();
  const connected = connectSandboxes(clock);
  const adapter = (id: SandboxId = 'sandbox'): ProviderAdapter => {
    const found = connected.find(({ provider }) => provider.id === id);
    if (found === undefined) throw new Error('No such sandbox.');
    return found.adapter;
  };
  const { signal } = new AbortController();
  return {
    clock,
    adapter,
    complete: (call, id = 'sandbox') => clock.until(Array.fromAsync(adapter(id).complete({ ...chatCall(id), ...call }, signal))),
    embed: (call, id = 'sandbox') => clock.until(adapter(id).embed({ ...embeddingCall(id), ...call }, signal)),
  };
}

export function chatCall(id: SandboxId = 'sandbox'): ProviderCall {
  return {
    id: toId<CompletionId>('018f0000-0000-7000-8000-000000000001'),
    offer: offerOf('chat', id),
    prompt: prompt({}),
    maxOutputTokens: null,
    streamed: true,
    requireParameters: false,
    endUser: null,
  };
}

export function embeddingCall(id: SandboxId = 'sandbox'): EmbeddingCall {
  const { id: call } = chatCall(id);
  return { id: call, offer: offerOf('embed', id), inputs: ['a river'], dimensions: null, endUser: null, providerOptions: {} };
}

export function prompt(changes: Partial<Prompt>): Prompt {
  return {
    messages: [user('Once upon a time')],
    tools: [],
    toolChoice: null,
    parallelToolCalls: null,
    outputFormat: null,
    sampling: { temperature: null, topP: null, topK: null, frequencyPenalty: null, presencePenalty: null, seed: null },
    stop: [],
    reasoningEffort: null,
    topLogprobs: null,
    choices: 1,
    modalities: null,
    audio: null,
    providerOptions: {},
    ...changes,
  };
}

/** A prompt with options for the sandbox. */
export function withOptions(sandbox: JsonObject, changes: Partial<Prompt> = {}): Prompt {
  return prompt({ ...changes, providerOptions: { sandbox } });
}

export function user(text: string): Message {
  return { role: 'USER', parts: [{ type: 'text', text }], name: null };
}

export function textIn(batches: readonly Batch[]): string {
  return eventsOf(batches, 'text')
    .map((event) => event.text)
    .join('');
}

export function eventsOf<T extends ProviderEvent['type']>(
  batches: readonly Batch[],
  type: T,
): readonly Extract<ProviderEvent, { type: T }>[] {
  return batches.flat().filter((event): event is Extract<ProviderEvent, { type: T }> => event.type === type);
}

/** How the answer ended: its last event and the usage before it. */
export function endOf(batches: readonly Batch[]): { readonly finished: ProviderEvent | undefined; readonly outputTokens: number | null } {
  return { finished: batches.flat().at(-1), outputTokens: eventsOf(batches, 'usage').at(-1)?.usage.outputTokens ?? null };
}

function offerOf(providerModel: string, id: SandboxId): Offer {
  const offer = sandboxModels.flatMap(({ offers }) => offers).find((each) => each.providerModel === providerModel && each.provider === id);
  if (offer === undefined) throw new Error('No such offer.');
  return offer;
}
