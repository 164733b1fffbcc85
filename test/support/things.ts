import type { Budget } from '../../src/domain/budget.ts';
import type { Completion, CompletionEvent } from '../../src/domain/completion.ts';
import type { Embeddings } from '../../src/domain/embedding.ts';
import { keyHolder } from '../../src/domain/holder.ts';
import { toId } from '../../src/domain/id.ts';
import type { Model, Offer, Provider } from '../../src/domain/model.ts';
import { noCost, unknownPrice } from '../../src/domain/price.ts';
import type { Principal, Scope } from '../../src/domain/principal.ts';
import type { ApiKey, Organization, Team } from '../../src/domain/tenancy.ts';

/** One of everything, for tests that need some thing and not this one. */
export const organization: Organization = { id: toId('o1'), name: 'Acme', createdAt: 0, disabledAt: null };
export const team: Team = { id: toId('t1'), organizationId: organization.id, name: 'Search', createdAt: 0, disabledAt: null };
export const apiKey: ApiKey = {
  id: toId('k1'),
  organizationId: organization.id,
  teamId: team.id,
  userId: null,
  name: 'web',
  prefix: 'mg_live_AbCd',
  lastFour: 'WxYz',
  scopes: ['MODELS_READ'],
  allowedModels: null,
  allowedAddresses: null,
  labels: [],
  directives: null,
  createdAt: 0,
  expiresAt: null,
  revokedAt: null,
  disabledAt: null,
};
export const budget: Budget = {
  id: toId('b1'),
  organizationId: organization.id,
  scope: { type: 'API_KEY', id: apiKey.id },
  meter: 'SPEND',
  window: 'MONTH',
  timeZone: 'UTC',
  limit: 50_000_000n,
  policy: 'STRICT',
  shadow: false,
  createdAt: 0,
  endsAt: null,
};
export const provider: Provider = { id: toId('sandbox'), name: 'Sandbox', format: 'sandbox', simulated: true, source: 'SIMULATION' };
export const offer: Offer = {
  id: toId('sandbox/sandbox/chat'),
  model: toId('sandbox/chat'),
  provider: provider.id,
  providerModel: 'chat',
  price: { ...unknownPrice, input: 150_000n, output: 600_000n },
  priceSource: 'SIMULATION',
  contextWindow: 8192,
  maxOutputTokens: null,
  region: null,
  dataPolicies: null,
  capabilities: ['STREAMING', 'TOOLS'],
  quantization: null,
  simulated: true,
};
export const model: Model = {
  slug: offer.model,
  name: 'Sandbox chat',
  kind: 'CHAT',
  family: null,
  releasedAt: null,
  deprecation: null,
  simulated: true,
  source: 'SIMULATION',
  offers: [offer],
};

export function principalWith(...scopes: readonly Scope[]): Principal {
  return {
    kind: 'API_KEY',
    id: apiKey.id,
    holder: keyHolder(apiKey.id),
    organizationId: organization.id,
    teamId: team.id,
    userId: null,
    apiKeyId: apiKey.id,
    name: 'web',
    scopes: new Set(scopes),
    allowedModels: null,
    allowedAddresses: null,
    rules: null,
    limits: [],
    expiresAt: null,
  };
}

export const completion: Completion = {
  id: toId('c1'),
  state: 'SUCCEEDED',
  message: { role: 'ASSISTANT', name: null, parts: [{ type: 'text', text: 'there was a river' }] },
  text: 'there was a river',
  reasoning: null,
  toolCalls: [],
  logprobs: null,
  citations: [],
  alternatives: [],
  schemaMethod: null,
  providerMetadata: null,
  finishReason: 'STOP',
  providerFinishReason: 'stop',
  requestedModel: 'sandbox/chat',
  model,
  offer,
  usage: { inputTokens: 4, cachedInputTokens: null, cacheWriteTokens: null, outputTokens: 4, reasoningTokens: null, basis: 'MEASURED' },
  cost: { ...noCost, total: 3_000n, input: 600n, output: 2_400n },
  saved: null,
  timing: { startedAt: 0, firstTokenMs: 1.4, durationMs: 12.6 },
  attempts: [
    {
      provider: provider.id,
      model: model.slug,
      offer: offer.id,
      outcome: 'SUCCEEDED',
      errorCode: null,
      startedAt: 0,
      firstTokenMs: 1.4,
      durationMs: 12.6,
      usage: null,
      price: offer.price,
      cost: null,
      providerRequestId: null,
      providerModel: 'chat',
      answeredModel: null,
      priceSource: null,
      apportioned: false,
    },
  ],
  routing: [],
  tags: [],
  warnings: [],
  error: null,
};

export const embeddings: Embeddings = {
  id: toId('e1'),
  requestedModel: 'sandbox/embed',
  model,
  offer,
  vectors: [Float32Array.of(0.5, -0.25)],
  dimensions: 2,
  usage: completion.usage,
  cost: null,
};

/** A stream of these deltas, from its start to its end. */
export function eventsOf(...texts: readonly string[]): readonly CompletionEvent[] {
  const place = (sequence: number) => ({ completionId: completion.id, sequence });
  let offset = 0;
  const deltas = texts.map((text, index): CompletionEvent => {
    const delta = {
      ...place(index + 2),
      __typename: 'CompletionDelta' as const,
      offset,
      text,
      reasoning: null,
      refusal: null,
      toolCalls: [],
    };
    offset += text.length;
    return delta;
  });
  const whole = { ...completion, text: texts.join('') };
  return [
    { ...place(1), __typename: 'CompletionStarted', requestedModel: 'sandbox/chat', model, offer },
    ...deltas,
    { ...place(texts.length + 2), __typename: 'CompletionFinished', completion: whole },
  ];
}
