import type { EmbeddingRequest, Embeddings } from '../domain/embedding.ts';
import type { Cost } from '../domain/price.ts';
import { noCost } from '../domain/price.ts';
import { utf8Bytes } from '../domain/prompt.ts';
import { splitWhole } from '../domain/split.ts';
import type { TokenUsage } from '../domain/usage.ts';
import type { CallAdmission } from './callAdmission.ts';
import type { PlacedEmbedding } from './gateway.ts';

/** Requests that are alike but for their inputs, and where they stand among all. */
export interface EmbeddingGroup {
  readonly asked: readonly PlacedEmbedding[];
  readonly indexes: readonly number[];
}

/** What one provider call takes. */
export const mostInputs = 2048;

/**
 * Requests may share one provider call when nothing but their inputs differs and together they are not too many.
 * One with a cost limit or an idempotency key stays alone: they are its own.
 */
export function groupAlike(asked: readonly PlacedEmbedding[], isLimited: (place: string) => boolean): readonly EmbeddingGroup[] {
  const groups: OpenGroup[] = [];
  const open = new Map<string, OpenGroup>();
  asked.forEach((one, index) => {
    const { inputs, ...rest } = one.request;
    const key = JSON.stringify(rest, (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
    const last = open.get(key);
    const alone = rest.maxCost !== null || rest.idempotencyKey !== null || isLimited(one.place);
    const fits = last !== undefined && !alone && last.inputs + inputs.length <= mostInputs;
    const group: OpenGroup = fits ? last : { asked: [], indexes: [], inputs: 0 };
    if (!fits) groups.push(group);
    open.set(key, group);
    group.asked.push(one);
    group.indexes.push(index);
    group.inputs += inputs.length;
  });
  return groups;
}

interface OpenGroup extends EmbeddingGroup {
  readonly asked: PlacedEmbedding[];
  readonly indexes: number[];
  /** How many texts they have together. */
  inputs: number;
}

export function inputBytes({ inputs }: EmbeddingRequest): number {
  return inputs.reduce((sum, input) => sum + utf8Bytes(input) + overheadBytes, 0);
}

/** Tokens that begin and end a text. */
const overheadBytes = 4;

/** Each request's part of a shared answer: its own vectors, and of tokens and cost a share by length; the parts sum to the whole. */
export function splitAnswer(whole: Embeddings, requests: readonly EmbeddingRequest[]): readonly Embeddings[] {
  if (requests.length === 1) return [whole];
  const weights = requests.map(inputBytes);
  const tokens = whole.usage.inputTokens === null ? null : splitWhole(BigInt(whole.usage.inputTokens), weights).map(Number);
  const costs = whole.cost === null ? null : splitCost(whole.cost, weights);
  let from = 0;
  return requests.map(({ inputs }, index) => {
    const vectors = whole.vectors.slice(from, from + inputs.length);
    from += inputs.length;
    const usage: TokenUsage = { ...whole.usage, inputTokens: tokens?.[index] ?? null };
    return { ...whole, vectors, usage, cost: costs?.[index] ?? null };
  });
}

/** Embeddings cost input and a fee for the call, nothing else. */
function splitCost(cost: Cost, weights: readonly number[]): readonly Cost[] {
  const totals = splitWhole(cost.total, weights);
  const fees = splitWhole(cost.request, weights);
  return totals.map((total, index) => {
    const request = fees[index] ?? 0n;
    return { ...noCost, total, input: total - request, request };
  });
}

/** The places of several requests as that of the one call they share. */
export function shareAdmissions(admissions: readonly [CallAdmission, ...CallAdmission[]]): CallAdmission {
  return {
    priced: admissions[0].priced,
    draw: admissions[0].draw,
    holds: admissions.flatMap(({ holds }) => holds),
    settle: () => admissions.flatMap((admission) => admission.settle()),
    [Symbol.dispose]() {
      for (const admission of admissions) admission[Symbol.dispose]();
    },
  };
}
