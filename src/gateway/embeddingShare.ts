import type { ErrorCode, GatewayError } from '../domain/errors.ts';
import { errorTraits } from '../domain/errors.ts';
import type { Cost } from '../domain/price.ts';
import { shareCost } from '../domain/price.ts';
import { splitWhole } from '../domain/split.ts';
import type { TokenUsage } from '../domain/usage.ts';
import type { EmbeddingAnswer } from '../ports/provider.ts';
import type { Route } from './router.ts';

/** One part of a provider's answer: its own vectors, and what of tokens and cost falls to it. */
export interface EmbeddingShare extends EmbeddingAnswer {
  /** Null: a price is unknown. */
  readonly cost: Cost | null;
}

interface SharingPart {
  readonly inputs: readonly string[];
  readonly route: Route;
}

/** Tokens and cost by the bytes of the texts; the parts sum to the whole. What is not reported is estimated. */
export function shareAnswer(answer: EmbeddingAnswer, parts: readonly SharingPart[]): readonly EmbeddingShare[] {
  const [first] = parts;
  if (first === undefined) return [];
  const whole = withInput(answer.usage, parts);
  const weights = parts.map(({ route }) => route.inputBound);
  const costs = shareCost(whole, first.route.offer.price, weights);
  const usages = shareUsage(whole, weights);
  let from = 0;
  return parts.map(({ inputs }, index) => {
    const vectors = parts.length === 1 ? answer.vectors : answer.vectors.slice(from, from + inputs.length);
    from += inputs.length;
    return { ...answer, vectors, usage: usages[index] ?? whole, cost: costs?.[index] ?? null };
  });
}

function withInput(usage: TokenUsage, parts: readonly SharingPart[]): TokenUsage {
  if (usage.inputTokens !== null) return usage;
  return { ...usage, inputTokens: parts.reduce((sum, { route }) => sum + route.inputTokens, 0), basis: 'ESTIMATED' };
}

function shareUsage(whole: TokenUsage, weights: readonly number[]): readonly TokenUsage[] {
  const split = (count: number | null) => (count === null ? null : splitWhole(BigInt(count), weights).map(Number));
  const inputTokens = split(whole.inputTokens);
  const cachedInputTokens = split(whole.cachedInputTokens);
  const cacheWriteTokens = split(whole.cacheWriteTokens);
  const outputTokens = split(whole.outputTokens);
  const reasoningTokens = split(whole.reasoningTokens);
  return weights.map((_, index) => ({
    inputTokens: inputTokens?.[index] ?? null,
    cachedInputTokens: cachedInputTokens?.[index] ?? null,
    cacheWriteTokens: cacheWriteTokens?.[index] ?? null,
    outputTokens: outputTokens?.[index] ?? null,
    reasoningTokens: reasoningTokens?.[index] ?? null,
    basis: whole.basis,
  }));
}

/** Refusals that may be about one text of many. */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['UPSTREAM_REFUSED']);

export function refusesOne({ code }: GatewayError): boolean {
  return refusals.has(code) || errorTraits[code].fault === 'caller';
}
