import type { ModelSlug } from '../domain/id.ts';

/**
 * How many tokens a text has, without a tokenizer: those cost seconds on long texts. Bytes by a ratio that each
 * model's reported usage teaches; and how long its answers usually are.
 */
export interface TokenEstimate {
  /** The likely count, at least 1. */
  tokens(model: ModelSlug, bytes: number): number;
  /** The likely length of an answer, in tokens. */
  outputTokens(model: ModelSlug): number;
  learnInput(model: ModelSlug, bytes: number, tokens: number): void;
  learnOutput(model: ModelSlug, tokens: number): void;
}

/** English text has about four bytes a token; a model is trusted more than this as soon as it has reported once. */
const defaultBytesPerToken = 4;
const defaultOutputTokens = 256;
/** A new report's weight against all before it. */
const weight = 0.1;
/** Short prompts are mostly chat template and teach nothing about text. */
const leastBytes = 200;
/** No tokenizer makes more tokens than bytes; fewer than one in 16 bytes would be a report gone wrong. */
const bytesPerToken = { least: 1, most: 16 };

export function createTokenEstimate(): TokenEstimate {
  const ratios = new Map<ModelSlug, number>();
  const lengths = new Map<ModelSlug, number>();
  return {
    tokens: (model, bytes) => Math.max(1, Math.ceil(bytes / (ratios.get(model) ?? defaultBytesPerToken))),
    outputTokens: (model) => Math.ceil(lengths.get(model) ?? defaultOutputTokens),
    learnInput(model, bytes, tokens) {
      if (tokens <= 0 || bytes < leastBytes) return;
      const ratio = Math.min(bytesPerToken.most, Math.max(bytesPerToken.least, bytes / tokens));
      ratios.set(model, average(ratios.get(model), ratio));
    },
    learnOutput(model, tokens) {
      if (tokens > 0) lengths.set(model, average(lengths.get(model), tokens));
    },
  };
}

function average(before: number | undefined, next: number): number {
  return before === undefined ? next : before + weight * (next - before);
}
