import type { OnReroute } from '../domain/completion.ts';
import type { Fold, FoldedDelta } from './fold.ts';
import { wholeDelta } from './fold.ts';

/**
 * Joins a new answer to the text that a reader has of the one before, which broke off. As long as the new answer repeats that text, the reader is
 * told none of it; where it goes on past it, the rest; where it differs, the text is openly replaced from there, or the answer is of no use.
 */
export interface Splice {
  /** What the reader is to be told of a batch that has just been folded: null is nothing. */
  take(fold: Fold, delta: FoldedDelta): Spliced;
  /** The new answer is whole: where it ends within the old text, the rest of that is to be forgotten. */
  end(fold: Fold): Spliced;
  /** The new answer has reached the end of the old text, or replaced it: what the reader has is the new one. */
  readonly joined: boolean;
}

export interface Spliced {
  readonly delta: FoldedDelta | null;
  /** How much of the told text stands, where not all of it does. */
  readonly keepTextLength?: number;
  /** The answer does not continue the told text, which must stand. */
  readonly diverged?: true;
}

const nothing: Spliced = { delta: null };

/** `told`: the text that the reader has. */
export function createSplice(told: string, onReroute: OnReroute): Splice {
  /** How much of the old text the new one has repeated. */
  let matched = 0;
  let joined = told === '';

  function differ(fold: Fold, keepTextLength: number): Spliced {
    if (onReroute === 'CONTINUE_ONLY') return { delta: null, diverged: true };
    joined = true;
    // Whoever forgets text forgets what came beside it, so that is told again.
    return { delta: wholeDelta(fold, keepTextLength), keepTextLength };
  }

  return {
    take(fold, delta) {
      if (joined) return { delta };
      const { text } = delta;
      const common = commonLength(told, matched, text);
      matched += common;
      if (matched < told.length && common < text.length) return differ(fold, matched);
      if (matched === told.length) joined = true;
      const rest = { ...delta, text: text.slice(common) };
      return isSilent(rest) ? nothing : { delta: rest };
    },
    end: (fold) => (joined ? nothing : differ(fold, matched)),
    get joined() {
      return joined;
    },
  };
}

/** How much of `piece` stands in `whole` from `start` on. */
function commonLength(whole: string, start: number, piece: string): number {
  const most = Math.min(piece.length, whole.length - start);
  if (whole.startsWith(piece.slice(0, most), start)) return most;
  let length = 0;
  while (whole.charCodeAt(start + length) === piece.charCodeAt(length)) length++;
  return length;
}

function isSilent({ text, reasoning, refusal, toolCalls, media }: FoldedDelta): boolean {
  return text === '' && reasoning === null && refusal === null && toolCalls.length === 0 && media === undefined;
}
