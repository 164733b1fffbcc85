import type { TokenLogprob } from '../../domain/providerEvent.ts';
import type { Random } from './random.ts';
import { word } from './words.ts';

/** Providers report at most 20 alternatives. */
const mostAlternatives = 20;

/** Seeded logarithms: each token the likeliest of its alternatives, itself among them, in falling order. */
export function logprobsOf(tokens: readonly string[], alternatives: number, random: Random): readonly TokenLogprob[] {
  return tokens.map((token) => {
    const logprob = -random.fraction() / 2;
    const others = Array.from({ length: Math.min(alternatives, mostAlternatives) - 1 }, (_, index) => ({
      token: ` ${word(random)}`,
      logprob: logprob - 1 - index,
    }));
    return { token, logprob, top: alternatives > 0 ? [{ token, logprob }, ...others] : [] };
  });
}
