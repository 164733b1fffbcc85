import { toId } from '../../src/domain/id.ts';
import type { Offer } from '../../src/domain/model.ts';
import { unknownPrice } from '../../src/domain/price.ts';
import type { Prompt } from '../../src/domain/prompt.ts';
import type { ProviderCall } from '../../src/ports/provider.ts';
import type { ProviderSettings } from '../../src/ports/providerSettings.ts';

/** An offer of which nothing is known but its names. */
export function offerOf(providerModel: string, provider = 'upstream'): Offer {
  return {
    id: toId(`${provider}/${providerModel}`),
    model: toId(`${provider}/${providerModel}`),
    provider: toId(provider),
    providerModel,
    price: unknownPrice,
    priceSource: null,
    contextWindow: null,
    maxOutputTokens: null,
    region: null,
    dataPolicies: null,
    capabilities: null,
    quantization: null,
    simulated: false,
  };
}

/** Says "Once upon a time" and asks for nothing else. */
export function promptOf(more: Partial<Prompt> = {}): Prompt {
  return {
    messages: [{ role: 'USER', parts: [{ type: 'text', text: 'Once upon a time' }], name: null }],
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
    ...more,
  };
}

export function callOf(more: Partial<ProviderCall> = {}): ProviderCall {
  return {
    id: toId('0198a000-0000-7000-8000-000000000001'),
    offer: offerOf('stories260k'),
    prompt: promptOf(),
    maxOutputTokens: null,
    streamed: true,
    requireParameters: false,
    endUser: null,
    ...more,
  };
}

export function settingsOf(more: Partial<ProviderSettings> = {}): ProviderSettings {
  return {
    id: toId('upstream'),
    name: 'Upstream',
    format: 'openai-chat',
    baseUrl: 'http://127.0.0.1:9/v1',
    apiKey: null,
    keyName: null,
    credentials: {},
    options: {},
    proxyUrl: null,
    connectTimeoutMs: 10_000,
    headers: {},
    kin: null,
    extraBody: {},
    region: null,
    dataPolicies: null,
    discover: true,
    source: 'CONFIG',
    ...more,
  };
}
