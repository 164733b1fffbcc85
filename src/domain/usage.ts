/** Who counted the tokens: the provider, or the gateway by its own estimate. */
export type UsageBasis = 'MEASURED' | 'ESTIMATED';

/**
 * The tokens of one call or attempt, with one meaning for all providers. Null is "not reported", 0 is "none".
 * Input includes cached and cache-written tokens; output includes reasoning tokens.
 */
export interface TokenUsage {
  readonly inputTokens: number | null;
  readonly cachedInputTokens: number | null;
  readonly cacheWriteTokens: number | null;
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly basis: UsageBasis;
  /** What of these tokens was sound or picture, and what is billed beside tokens. Absent where the provider reports none of it. */
  readonly media?: MediaUsage;
}

/** Null is "not reported", 0 is "none". The tokens are among `inputTokens` and `outputTokens`. */
export interface MediaUsage {
  readonly inputAudioTokens: number | null;
  readonly outputAudioTokens: number | null;
  readonly inputImageTokens: number | null;
  readonly outputImageTokens: number | null;
}

export const noUsage: TokenUsage = {
  inputTokens: null,
  cachedInputTokens: null,
  cacheWriteTokens: null,
  outputTokens: null,
  reasoningTokens: null,
  basis: 'MEASURED',
};

/** A later report replaces an earlier one, field by field: providers count up, so the last number wins and nothing is summed. */
export function mergeUsage(earlier: TokenUsage, later: TokenUsage): TokenUsage {
  return {
    inputTokens: later.inputTokens ?? earlier.inputTokens,
    cachedInputTokens: later.cachedInputTokens ?? earlier.cachedInputTokens,
    cacheWriteTokens: later.cacheWriteTokens ?? earlier.cacheWriteTokens,
    outputTokens: later.outputTokens ?? earlier.outputTokens,
    reasoningTokens: later.reasoningTokens ?? earlier.reasoningTokens,
    basis: later.basis,
    ...joinMedia(earlier, later, (before, after) => after ?? before),
  };
}

function joinMedia(
  { media: left }: TokenUsage,
  { media: right }: TokenUsage,
  join: (left: number | null, right: number | null) => number | null,
): Pick<TokenUsage, 'media'> {
  if (left === undefined || right === undefined) {
    const media = left ?? right;
    return media === undefined ? {} : { media };
  }
  return {
    media: {
      inputAudioTokens: join(left.inputAudioTokens, right.inputAudioTokens),
      outputAudioTokens: join(left.outputAudioTokens, right.outputAudioTokens),
      inputImageTokens: join(left.inputImageTokens, right.inputImageTokens),
      outputImageTokens: join(left.outputImageTokens, right.outputImageTokens),
    },
  };
}

/** What several attempts used together; what none of them reported stays null. */
export function addUsage(left: TokenUsage, right: TokenUsage): TokenUsage {
  return {
    inputTokens: addTokens(left.inputTokens, right.inputTokens),
    cachedInputTokens: addTokens(left.cachedInputTokens, right.cachedInputTokens),
    cacheWriteTokens: addTokens(left.cacheWriteTokens, right.cacheWriteTokens),
    outputTokens: addTokens(left.outputTokens, right.outputTokens),
    reasoningTokens: addTokens(left.reasoningTokens, right.reasoningTokens),
    basis: left.basis === 'ESTIMATED' || right.basis === 'ESTIMATED' ? 'ESTIMATED' : 'MEASURED',
    ...joinMedia(left, right, addTokens),
  };
}

function addTokens(left: number | null, right: number | null): number | null {
  if (left === null) return right;
  return right === null ? left : left + right;
}
